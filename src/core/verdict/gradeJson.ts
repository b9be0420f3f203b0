/** The published form of a verdict: what `interleave grade --json` prints. Scripts rely on every key of it. Pure. */
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import type { GradeError, GradeErrorCode, SourcePosition, TestVerdict, Verdict } from "../../protocol/verdict.ts";
import type { Locale } from "../../protocol/words.ts";

export interface GradeJson {
  readonly version: 1;
  readonly lesson: string;
  readonly passed: boolean;
  /** Real milliseconds. */
  readonly durationMs: number;
  readonly tests: readonly GradeJsonTest[];
  readonly error?: { readonly code: GradeErrorCode; readonly message: string };
}

export interface GradeJsonTest {
  readonly name: string;
  readonly status: "passed" | "failed";
  readonly schedules: { readonly run: number; readonly total: number | null; readonly exhaustive: boolean };
  readonly failure?: {
    readonly diagnosis: Diagnosis;
    readonly message: string;
    readonly schedule: string;
    /** Virtual milliseconds. */
    readonly at: number;
    readonly source?: SourcePosition;
  };
}

/** @param file the graded file, as an error names it. */
export function toGradeJson(verdict: Verdict, locale: Locale, file: string): GradeJson {
  const { lesson, passed, durationMs, tests, error } = verdict;
  return {
    version: 1,
    lesson,
    passed,
    durationMs,
    tests: tests.map((test) => toTest(test, locale)),
    ...(error === undefined ? {} : { error: { code: error.code, message: describeGradeError(error, locale, file) } }),
  };
}

/** "exercise.ts:3:5: Syntax error: …" */
export function describeGradeError(error: GradeError, locale: Locale, file: string): string {
  const { message, source } = error;
  const place = source === undefined ? file : `${file}:${String(source.line)}:${String(source.column)}`;
  return `${place}: ${message[locale]}`;
}

function toTest({ name, status, schedules, failure }: TestVerdict, locale: Locale): GradeJsonTest {
  const { run, total, exhaustive } = schedules;
  const common = { name, status, schedules: { run, total, exhaustive } };
  if (failure === undefined) return common;
  const { diagnosis, message, schedule, at, source } = failure;
  const where = source === undefined ? {} : { source: { line: source.line, column: source.column } };
  return { ...common, failure: { diagnosis, message: message[locale], schedule, at, ...where } };
}
