/** What is kept of a coding task's verdict: all but the traces, which a replay makes anew from the schedule. Pure. */
import * as v from "valibot";
import { diagnosisIds } from "../../protocol/diagnosis.ts";
import { type Failure, gradeErrorCodes, type TestVerdict, type Verdict } from "../../protocol/verdict.ts";
import { withoutTrace } from "../verdict/withoutTrace.ts";

export type FailureSummary = Omit<Failure, "trace">;

export interface TestSummary extends Omit<TestVerdict, "failure"> {
  readonly failure?: FailureSummary;
}

export interface VerdictSummary extends Omit<Verdict, "tests"> {
  readonly tests: readonly TestSummary[];
}

export function summaryOf(verdict: Verdict): VerdictSummary {
  return {
    ...verdict,
    tests: verdict.tests.map(({ failure, ...test }) => ({
      ...test,
      ...(failure === undefined ? {} : { failure: withoutTrace(failure) }),
    })),
  };
}

/** The verdicts of a rehearsal's coding tasks by the item's id; undefined where the text is none. */
export function parseVerdicts(json: string): Readonly<Record<string, VerdictSummary>> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const result = v.safeParse(fileSchema, value);
  return result.success ? result.output.verdicts : undefined;
}

export function formatVerdicts(verdicts: Readonly<Record<string, VerdictSummary>>): string {
  return JSON.stringify({ version: 1, verdicts }) + "\n";
}

const words = v.object({ en: v.string(), "zh-cn": v.string() });
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const position = v.object({ line: count, column: count });

const failureSchema = v.object({
  diagnosis: v.picklist(diagnosisIds),
  message: words,
  schedule: v.string(),
  at: v.number(),
  source: v.exactOptional(position),
  expected: v.exactOptional(v.string()),
  actual: v.exactOptional(v.string()),
});

const testSchema = v.object({
  name: v.string(),
  title: words,
  status: v.picklist(["passed", "failed"]),
  schedules: v.object({
    run: count,
    total: v.nullable(count),
    exhaustive: v.boolean(),
    reduced: v.exactOptional(v.literal(true)),
    deviations: count,
  }),
  failure: v.exactOptional(failureSchema),
  output: v.array(v.string()),
});

const verdictSchema = v.object({
  version: v.literal(1),
  lesson: v.string(),
  passed: v.boolean(),
  durationMs: v.number(),
  tests: v.array(testSchema),
  error: v.exactOptional(
    v.object({
      code: v.picklist(gradeErrorCodes),
      message: words,
      source: v.exactOptional(position),
    }),
  ),
});

const fileSchema = v.object({ version: v.literal(1), verdicts: v.record(v.string(), verdictSchema) });
