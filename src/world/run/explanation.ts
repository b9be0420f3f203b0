/** What the host of a run knows of something that was thrown, beyond the engine's own words for it. Pure. */
import type { Words } from "../../protocol/words.ts";
import type { Finding } from "../oracle/findings.ts";
import type { SourceMark } from "../platform/events.ts";
import type { CallRecord } from "./call.ts";

export interface Explanation {
  /** Whole sentences. */
  readonly words: Words;
  readonly place: SourceMark;
  /** Whether it takes the place of the usual sentence, or follows it. */
  readonly certain: boolean;
}

/** Undefined for what needs no more words. Never throws. */
export type Explain = (thrown: unknown) => Explanation | undefined;

/** The usual sentence, with what is known beyond it. */
export function explained(usual: Words, explanation: Explanation | undefined): Words {
  if (explanation === undefined) return usual;
  return explanation.certain ? explanation.words : followedBy(usual, explanation);
}

/** The finding, followed by what is known of an error with which one of the calls was rejected. */
export function withReasons(finding: Finding, calls: readonly CallRecord[], explain: Explain | undefined): Finding {
  for (const { settled } of calls) {
    const explanation = settled?.status === "rejected" ? explain?.(settled.reason) : undefined;
    if (explanation === undefined || finding.message.en.includes(explanation.words.en)) continue;
    const { source = explanation.place } = finding;
    return { ...finding, message: followedBy(finding.message, explanation), source };
  }
  return finding;
}

function followedBy(usual: Words, { words }: Explanation): Words {
  return { en: `${usual.en} ${words.en}`, "zh-cn": `${usual["zh-cn"]}${words["zh-cn"]}` };
}
