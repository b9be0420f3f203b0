/**
 * Many submissions graded in one run, as `grade --from … --reporter json` writes them and `merge` reads them again. Nothing in
 * it depends on when, where, in which order or by how many something was graded. Pure.
 */
import * as v from "valibot";
import { diagnosisIds } from "../../protocol/diagnosis.ts";
import { gradeErrorCodes, type Verdict } from "../../protocol/verdict.ts";
import { locales, type Locale, type Words } from "../../protocol/words.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const fromOne = v.pipe(v.number(), v.integer(), v.minValue(1));
const position = v.strictObject({ line: fromOne, column: fromOne });

const failure = v.strictObject({
  diagnosis: v.picklist(diagnosisIds),
  message: v.string(),
  schedule: v.string(),
  at: v.number(),
  source: v.exactOptional(position),
  expected: v.exactOptional(v.string()),
  actual: v.exactOptional(v.string()),
});

const test = v.strictObject({
  name: v.string(),
  status: v.picklist(["passed", "failed"]),
  schedules: v.strictObject({
    run: count,
    total: v.nullable(count),
    exhaustive: v.boolean(),
    reduced: v.exactOptional(v.literal(true)),
    deviations: count,
  }),
  failure: v.exactOptional(failure),
});

/** "missing": nobody put the file there; "unreadable": it is there and cannot be read. The others are the grader's. */
const errorCodes = ["missing", "unreadable", ...gradeErrorCodes] as const;

/** What came of one text, whoever handed it in. */
export const gradedTextSchema = v.strictObject({
  passed: v.boolean(),
  tests: v.array(test),
  error: v.exactOptional(
    v.strictObject({ code: v.picklist(errorCodes), message: v.string(), source: v.exactOptional(position) }),
  ),
});

export const submissionResultSchema = v.strictObject({
  person: v.string(),
  /** Null where the person handed in nothing that belongs to a lesson. */
  lesson: v.nullable(v.string()),
  /** From the folder of all people, with `/`. */
  file: v.string(),
  ...gradedTextSchema.entries,
  /** Real ms; only where they were asked for. */
  durationMs: v.exactOptional(count),
});

export const runFactsSchema = v.strictObject({
  /** Of all that the results depend on, in all shards: product, lessons, options, and who handed in what. */
  fingerprint: v.string(),
  /** Version and build. */
  product: v.string(),
  /** What ran the code, e.g. "node 24". */
  engine: v.string(),
  locale: v.picklist(locales),
  seed: fromOne,
  /** Absent for the default number. */
  schedules: v.exactOptional(fromOne),
  lessons: v.array(v.string()),
  /** In all shards together. */
  submissions: count,
});

export const shardSchema = v.strictObject({ index: fromOne, of: fromOne });

export const summarySchema = v.strictObject({ submissions: count, passed: count, failed: count, errors: count });

export type GradedTest = v.InferOutput<typeof test>;
export type GradedFailure = v.InferOutput<typeof failure>;
export type GradedText = v.InferOutput<typeof gradedTextSchema>;
export type SubmissionResult = v.InferOutput<typeof submissionResultSchema>;
export type RunFacts = v.InferOutput<typeof runFactsSchema>;
/** Which part of the run, `index` from 1. */
export type Shard = v.InferOutput<typeof shardSchema>;
/** Submissions by what came of them: `failed` ran, and a test of theirs failed; `errors` could not be graded. */
export type RunSummary = v.InferOutput<typeof summarySchema>;

/** Characters of one text of a learner's making that are kept: ten thousand of them must fit on a disk. */
const maxKeptText = 4_000;

/** A verdict in one language, without its events, its titles and what the exercise printed, each text bounded. */
export function toGradedText(verdict: Verdict, locale: Locale): GradedText {
  const { passed, tests, error } = verdict;
  return {
    passed,
    tests: tests.map(({ name, status, schedules, failure }) => {
      const { run, total, exhaustive, reduced, deviations } = schedules;
      const counts = { run, total, exhaustive, ...(reduced === undefined ? {} : { reduced }), deviations };
      if (failure === undefined) return { name, status, schedules: counts };
      const { diagnosis, message, schedule, at, source, expected, actual } = failure;
      return {
        name,
        status,
        schedules: counts,
        failure: {
          diagnosis,
          message: cut(message[locale]),
          schedule: cut(schedule),
          at,
          ...(source === undefined ? {} : { source: { line: source.line, column: source.column } }),
          ...(expected === undefined ? {} : { expected: cut(expected) }),
          ...(actual === undefined ? {} : { actual: cut(actual) }),
        },
      };
    }),
    ...(error === undefined ? {} : { error: gradedError(error.code, error.message, locale, error.source) }),
  };
}

export function gradedError(
  code: NonNullable<GradedText["error"]>["code"],
  message: Words,
  locale: Locale,
  source?: { readonly line: number; readonly column: number },
): NonNullable<GradedText["error"]> {
  const where = source === undefined ? {} : { source: { line: source.line, column: source.column } };
  return { code, message: cut(message[locale]), ...where };
}

function cut(text: string): string {
  if (text.length <= maxKeptText) return text;
  // Not between the two halves of a character.
  const end = /[\ud800-\udbff]/.test(text.charAt(maxKeptText - 1)) ? maxKeptText - 1 : maxKeptText;
  return `${text.slice(0, end)}…`;
}

export const emptySummary: RunSummary = { submissions: 0, passed: 0, failed: 0, errors: 0 };

/** The summary with one more submission. */
export function withResult(
  { submissions, passed, failed, errors }: RunSummary,
  { passed: isPass, isError }: { readonly passed: boolean; readonly isError: boolean },
): RunSummary {
  return {
    submissions: submissions + 1,
    passed: passed + (isPass ? 1 : 0),
    failed: failed + (isPass || isError ? 0 : 1),
    errors: errors + (isError ? 1 : 0),
  };
}

/** Characters that a terminal obeys, or that turn text around or hide it. Tabs and line feeds are none of them. */
// Control characters are just what is looked for.
// eslint-disable-next-line no-control-regex
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\p{Cs}]/gu;

/** Text of a stranger, with every such character written as `\u{…}`. */
export function visible(text: string): string {
  return text.replace(unseen, (found) => `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A name of a stranger on one line. */
export function visibleName(name: string): string {
  return visible(name).replaceAll("\t", "\\t").replaceAll("\n", "\\n");
}

/** JSON on one line, with such characters escaped: the same value, safe to print. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value).replace(unseen, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
