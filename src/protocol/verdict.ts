/** The result of grading one file. Plain data; `toGradeJson` in core gives the published form of it. */
import type { Diagnosis } from "./diagnosis.ts";
import type { Trace } from "./trace.ts";
import type { Words } from "./words.ts";

export interface SourcePosition {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** How much of a test's schedule space was run. */
export interface ScheduleCount {
  /** Schedules that were run; each is a different order. */
  readonly run: number;
  /** How many there are, where that is known; null where the budget (or a failure) ended the search first. */
  readonly total: number | null;
  /** True when every schedule was run. */
  readonly exhaustive: boolean;
  /** Orders that cannot differ in what comes of them were counted as one: `run` and `total` are classes of orders. */
  readonly reduced?: true;
  /** Every order with at most so many deviations from the natural one was run. */
  readonly deviations: number;
}

export interface Failure {
  readonly diagnosis: Diagnosis;
  readonly message: Words;
  /** Replays this failure; see world/schedule.ts for the format. */
  readonly schedule: string;
  /** When it showed, in virtual ms since the run began. */
  readonly at: number;
  /** Where in the exercise it began, where known. */
  readonly source?: SourcePosition;
  /** For a difference in values: both sides, one value a line, as text to diff. */
  readonly expected?: string;
  readonly actual?: string;
  readonly trace: Trace;
}

export interface TestVerdict {
  /** Stable id of the test within its spec, kebab-case. */
  readonly name: string;
  readonly title: Words;
  readonly status: "passed" | "failed";
  readonly schedules: ScheduleCount;
  readonly failure?: Failure;
  /** What the exercise wrote to the console in the natural order (or in the failing one), capped. */
  readonly output: readonly string[];
}

/** Why a file could not be graded. */
export const gradeErrorCodes = [
  "syntax-error",
  "not-erasable",
  "import-not-allowed",
  "missing-export",
  "empty-file",
  "threw-on-load",
  "endless-loop",
  "out-of-memory",
  "output-too-large",
  "not-deterministic",
  "broken-lesson",
  "schedule-unusable",
  "sandbox-refused",
  "sandbox-crashed",
  "cancelled",
] as const;
export type GradeErrorCode = (typeof gradeErrorCodes)[number];

export interface GradeError {
  readonly code: GradeErrorCode;
  readonly message: Words;
  readonly source?: SourcePosition;
}

export interface Verdict {
  readonly version: 1;
  readonly lesson: string;
  readonly passed: boolean;
  /** Real milliseconds from request to verdict. */
  readonly durationMs: number;
  readonly tests: readonly TestVerdict[];
  readonly error?: GradeError;
}
