/** What a host (the extension, the command line) asks of the runner. */
import type { SpecPlace, TestSpace } from "./space.ts";
import type { OwnCase, StepResult } from "./steps.ts";
import type { Trace } from "./trace.ts";
import type { GradeError, TestVerdict, Verdict } from "./verdict.ts";
import type { ListedTest } from "./sandboxMessages.ts";
import type { ChosenRun, Distribution, Scenario } from "./simulation.ts";

export interface GradeRequest {
  readonly lesson: string;
  /** Text of the lesson's spec.ts. */
  readonly spec: string;
  /** Text of the learner's file. */
  readonly exercise: string;
  /** Name shown in messages, e.g. "exercise.ts". */
  readonly exerciseName: string;
  /** The names that the exercise must export (lesson.json). */
  readonly exports: readonly string[];
  /** Schedules a test may run, at most. Default 2,000. */
  readonly schedules?: number;
  /** Chooses among schedules beyond the budget. Default 1. */
  readonly seed?: number;
  /** Orders of the learner's own, which are graded with the spec's tests. Default none. */
  readonly cases?: readonly OwnCase[];
}

export interface ReplayRequest extends GradeRequest {
  /** One of the spec's, or one that a case of the learner's own has become. */
  readonly test: string;
  readonly schedule: string;
}

export interface ReplayResult {
  readonly trace: Trace;
  readonly verdict?: TestVerdict;
  readonly error?: GradeError;
}

export interface StepRequest extends GradeRequest {
  readonly test: string;
  /** The place of the option taken at each choice point, from the first. */
  readonly choices: readonly number[];
}

/** The verdict on a file, and the schedule space of the spec's tests against it. */
export interface Explored {
  readonly verdict: Verdict;
  /** One a test that was run, in order. */
  readonly spaces: readonly TestSpace[];
  /** The places of the spec by their numbers, which `TestSpace.reached` speaks of. */
  readonly places: readonly SpecPlace[];
}
/** Where an exercise gets stuck: in a run of a test, or while it is being loaded, before any. */
export type FoundLoop =
  | { readonly kind: "run"; readonly test: ListedTest; readonly schedule: string }
  | { readonly kind: "loading" }
  /** It ended in another way this time: with an error, or (absent) without one. */
  | { readonly kind: "none"; readonly error?: GradeError };

export interface GradeListener {
  listed?(tests: readonly ListedTest[]): void;
  progress?(test: string, schedules: number): void;
  tested?(verdict: TestVerdict): void;
}

export interface Grader {
  /** Never rejects for what the learner's file does: that is `error` in the verdict. An abort gives the error "cancelled". */
  grade(request: GradeRequest, signal: AbortSignal, listener?: GradeListener): Promise<Verdict>;
  replay(request: ReplayRequest, signal: AbortSignal): Promise<ReplayResult>;
  /** Plays an order as far as it was chosen, and tells what may come next. Nothing is remembered from call to call. */
  step(request: StepRequest, signal: AbortSignal): Promise<StepResult>;
  /** Gets a sandbox and the compiler ready, so that the next call starts at once. */
  warm(): void;
  dispose(): void;
}

export interface SpaceExplorer {
  /** Grades as a `Grader` does, and counts what happens in the orders that are run, which takes longer. */
  explore(request: GradeRequest, signal: AbortSignal, listener?: GradeListener): Promise<Explored>;
}

export interface SimulationRequest {
  /** Text of the program, which exports a function `main`. */
  readonly program: string;
  readonly scenario: Scenario;
  /** The run, from 0, that is told with its whole trace. */
  readonly chosen: number;
  /** Whether all runs are wanted, or only the chosen one. */
  readonly distribution: boolean;
}

export interface SimulationListener {
  /** Told first. */
  played(run: ChosenRun): void;
  /** Told once or several times: of ever more runs. */
  sampled(distribution: Distribution): void;
}

/** Runs one program of the playground at a time, again and again. */
export interface Simulator {
  /**
   * Resolves with what went wrong, if something did; never rejects for what the program does. A newer request ends an
   * older one as "cancelled", and so does an abort.
   */
  simulate(
    request: SimulationRequest,
    signal: AbortSignal,
    listener: SimulationListener,
  ): Promise<GradeError | undefined>;
  dispose(): void;
}
