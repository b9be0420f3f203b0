/** One replayed run as text: which test and schedule, its trace as a table, how it ended. For terminal and editor. Pure. */
import type { Trace } from "../../protocol/trace.ts";
import type { TestVerdict } from "../../protocol/verdict.ts";
import type { Locale } from "../../protocol/words.ts";
import { diagnoses } from "./diagnoses.ts";
import { formatTrace } from "./traceTable.ts";

export interface ReplayedRun {
  /** The lesson's title. */
  readonly title: string;
  readonly test: string;
  readonly schedule: string;
  /** The learner's file, as messages name it. */
  readonly file: string;
  readonly trace: Trace;
  readonly verdict: TestVerdict | undefined;
}

export interface ReplayText {
  readonly lines: readonly string[];
  /** For each line the line of the exercise (from 1) that it speaks of, where it does. */
  readonly sources: readonly (number | undefined)[];
}

const words = {
  en: { passed: "passed", failed: "failed", comma: ", " },
  "zh-cn": { passed: "通过", failed: "未通过", comma: "，" },
} as const;

export function replayText(run: ReplayedRun, locale: Locale): ReplayText {
  const head = [`${run.title} · ${run.test} · ${run.schedule}`, ""];
  const table = formatTrace(run.trace, locale);
  const end = ending(run, locale);
  const headings = table.length - run.trace.length;
  return {
    lines: [...head, ...table, "", ...end],
    sources: [
      ...Array.from({ length: head.length + headings }, () => undefined),
      ...run.trace.map(({ line }) => line),
      undefined,
      run.verdict?.failure?.source?.line,
    ],
  };
}

function ending({ file, verdict }: ReplayedRun, locale: Locale): readonly string[] {
  const { passed, failed, comma } = words[locale];
  const failure = verdict?.failure;
  if (failure === undefined) return [verdict?.status === "passed" ? passed : failed];
  const { diagnosis, message, source } = failure;
  const place = source === undefined ? file : `${file}:${String(source.line)}:${String(source.column)}`;
  return [`${failed}: ${diagnoses[diagnosis].title[locale]} (${diagnosis})${comma}${place}`, message[locale]];
}
