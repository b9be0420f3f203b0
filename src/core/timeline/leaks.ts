/** Which lanes a finding blames for being still under way when the run was over. Pure. */
import type { Trace, TraceEvent } from "../../protocol/trace.ts";
import type { Lane } from "./lane.ts";

/** What each of these diagnoses is about; the others blame nothing that is left. */
const blamed: ReadonlyMap<string, (kind: TraceEvent["kind"]) => boolean> = new Map([
  ["timer-still-armed", (kind) => kind === "timer"],
  ["work-still-running", isWork],
  ["signal-not-passed-on", isWork],
  ["resource-not-released", isWork],
  ["settled-before-cleanup", isWork],
  ["never-settles", (kind) => kind === "call"],
]);

function isWork(kind: TraceEvent["kind"]): boolean {
  return kind !== "timer" && kind !== "call";
}

/** The findings that can blame a lane. */
export function blamingFindings(events: Trace): readonly TraceEvent[] {
  return events.filter(({ type, label }) => type === "finding" && blamed.has(label));
}

/** The same lane; where it has no end and one of the findings is about it, it has leaked. */
export function withLeak(lane: Lane, findings: readonly TraceEvent[]): Lane {
  const last = lane.bars.at(-1);
  if (last?.ending !== "running" || !findings.some((finding) => blames(finding, lane))) return lane;
  return { ...lane, bars: [...lane.bars.slice(0, -1), { ...last, ending: "leaked" }] };
}

/** A finding names one line for all that was left; where a line is known on both sides, it is the same. */
function blames(finding: TraceEvent, { kind, line }: Lane): boolean {
  if (blamed.get(finding.label)?.(kind) !== true) return false;
  // Of a call the test's line is never known, and the finding speaks of where it got stuck.
  if (kind === "call") return true;
  // The test's own timers have no line in the exercise, and are no leak.
  if (kind === "timer" && line === undefined) return false;
  return finding.line === undefined || line === undefined || finding.line === line;
}
