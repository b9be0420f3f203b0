/**
 * Progress as other extensions see it (api/interleave.d.ts has the same shape): lessons, states, counts and times, and none of the
 * learner's code. Pure.
 */
import type { LessonState, Progress } from "./progress.ts";

export interface ProgressSnapshot {
  readonly lessons: readonly LessonProgress[];
}

export interface LessonProgress {
  readonly lesson: string;
  readonly state: "in-progress" | "passed";
  readonly attempts: number;
  /** Of the lesson's own tests, in the last run that came to a result. */
  readonly tests?: { readonly passed: number; readonly total: number };
  /** Times are ms since 1970. */
  readonly startedAt: number;
  readonly lastAt: number;
  readonly passedAt?: number;
}

/** Frozen, and in the order of the lessons' names. */
export function progressSnapshot(progress: Progress): ProgressSnapshot {
  const names = [...progress.lessons].sort();
  const lessons = names.flatMap((name) => lessonProgress(name, progress.lesson(name)) ?? []);
  return Object.freeze({ lessons: Object.freeze(lessons) });
}

function lessonProgress(lesson: string, state: LessonState): LessonProgress | undefined {
  const { status, attempts, tests, firstAt, lastAt, passedAt } = state;
  if (status === "not-started" || firstAt === undefined || lastAt === undefined) return undefined;
  return Object.freeze({
    lesson,
    state: status,
    attempts,
    ...(tests === undefined ? {} : { tests: Object.freeze({ ...tests }) }),
    startedAt: firstAt,
    lastAt,
    ...(passedAt === undefined ? {} : { passedAt }),
  });
}
