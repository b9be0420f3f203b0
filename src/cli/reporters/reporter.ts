/** What a reporter is given, and how each is called. */
import type { Locale } from "../../protocol/words.ts";
import type { Verdict } from "../../protocol/verdict.ts";

export interface Report {
  readonly verdict: Verdict;
  /** The lesson's title in the report's language. */
  readonly title: string;
  /** The graded file as the user named it. */
  readonly file: string;
  readonly locale: Locale;
  readonly colour: boolean;
  /** The command that plays a failing schedule again. */
  readonly replayCommand: (test: string, schedule: string) => string;
}

/** Turns a verdict into the text for stdout, with a line break at its end. */
export type Reporter = (report: Report) => string;

export const reporterNames = ["pretty", "json", "junit", "tap"] as const;

export type ReporterName = (typeof reporterNames)[number];
