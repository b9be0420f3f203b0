/**
 * What a learner may choose to happen next in a run, and the orders of their own that they keep. Plain data; crosses
 * processes, and the second half of it is kept on disk.
 */
import type { OperationKind, Trace } from "./trace.ts";
import type { GradeError, TestVerdict } from "./verdict.ts";

export const stepKinds = ["timer", "fetch", "body", "dial", "work", "spec", "signal"] as const;

/** What may happen: an operation ends in one of four ways, or the caller aborts. */
export const stepActions = [
  /** it ends well; a timer fires */
  "complete",
  "fail",
  /** it will never answer */
  "hang",
  /** it will answer later than it could have */
  "slow",
  /** the caller aborts now, and nothing else happens */
  "cancel",
  /** time moves on, and the caller aborts just before the named operation would end */
  "cancel-before",
  /** the named operation ends, and the caller aborts in the same turn */
  "cancel-within",
] as const;
export type StepAction = (typeof stepActions)[number];

/**
 * One choice by name, so that it means the same after the code has changed: the operation by its kind and label, and which
 * of those that share them it is, in order of their start.
 */
export interface StepName {
  readonly what: StepAction;
  /** "signal" for an abort that no operation comes before or with. */
  readonly kind: OperationKind | "signal";
  readonly label: string;
  /** From 1. */
  readonly occurrence: number;
}

/** One of the things that may happen next. Its place in the list of them is what is chosen. */
export interface StepOption extends StepName {
  /** The operation's number in the trace; 0 for none. */
  readonly operation: number;
  /** Line of the exercise (from 1) that started it, where known. */
  readonly line?: number;
  /** Virtual ms at which it would happen. */
  readonly at: number;
  /** What would happen if nobody chose. */
  readonly natural: boolean;
}

/** An order of one test that the learner has kept: graded with the spec's own tests. */
export interface OwnCase {
  /** Short and fixed; the test that it becomes is called `ownCaseTest(id)`. */
  readonly id: string;
  readonly name: string;
  /** The spec's test that it is an order of. */
  readonly test: string;
  /** What was chosen, from the first choice on. Where a step is not among the options, the natural one is taken. */
  readonly steps: readonly StepName[];
}

/** The name under which a case of the learner's own stands among the tests of a verdict. */
export function ownCaseTest(id: string): string {
  return `own-${id}`;
}

export interface StepResult {
  /** What has happened: up to the point where a choice is open, or to the end. */
  readonly trace: Trace;
  /** What may happen next, in the natural order; absent where the run has ended, or could not be played. */
  readonly options?: readonly StepOption[];
  /** The verdict on this one order; present where the run has ended. */
  readonly verdict?: TestVerdict;
  /** Replays what was chosen so far. */
  readonly schedule: string;
  readonly error?: GradeError;
}
