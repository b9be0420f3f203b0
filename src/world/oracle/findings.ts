/** What a run can be faulted for. Pure. */
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import type { Words } from "../../protocol/words.ts";
import type { SourceMark } from "../platform/events.ts";

export interface Finding {
  readonly diagnosis: Diagnosis;
  readonly message: Words;
  /** Virtual ms. */
  readonly at: number;
  readonly source?: SourceMark | undefined;
  readonly expected?: string | undefined;
  readonly actual?: string | undefined;
}

/** Where several rules are broken at one moment, the root comes first: what is listed earlier explains what is later. */
const roots: readonly Diagnosis[] = [
  "aborted-signal-unchecked",
  "signal-not-passed-on",
  "late-after-abort",
  "reason-replaced",
  "abort-swallowed",
  "work-still-running",
  "resource-not-released",
  "timer-still-armed",
  "listener-left-on-signal",
];

export function rootFirst(findings: readonly Finding[]): readonly Finding[] {
  const rank = (finding: Finding): number => {
    const index = roots.indexOf(finding.diagnosis);
    return index < 0 ? roots.length : index;
  };
  return [...findings].sort((one, other) => rank(one) - rank(other));
}
