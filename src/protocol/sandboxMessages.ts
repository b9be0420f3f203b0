/** What the runner and a sandbox process say to each other. One interface a direction; strings and plain data only. */
import type { ChosenRun, Distribution, SimulationOrder } from "./simulation.ts";
import type { TestSpace } from "./space.ts";
import type { OwnCase, StepOption } from "./steps.ts";
import type { Trace, TraceEvent } from "./trace.ts";
import type { GradeError, TestVerdict } from "./verdict.ts";
import type { Words } from "./words.ts";

/** Learner or lesson code, already turned into plain JavaScript with its lines and columns kept. */
export interface CompiledModule {
  /** Shown in stack traces, e.g. "exercise.ts". */
  readonly fileName: string;
  /** Body of a function that takes `__import` and returns the exports. */
  readonly code: string;
  readonly exports: readonly string[];
  /** The same code with marks, which tell what it reads and changes as it runs. */
  readonly marked?: string;
  /** Why there is no code with marks, in English, for the people who work on this. */
  readonly unmarked?: string;
}

export interface GradeJob {
  readonly kind: "grade";
  readonly spec: CompiledModule;
  readonly exercise: CompiledModule;
  /** How many schedules each test may run, at most. */
  readonly budget: number;
  readonly seed: number;
  /** Orders of the learner's own, each played after the spec's tests. Default none. */
  readonly cases?: readonly OwnCase[];
}

/** Grades, and tells of each test what its schedule space looks like. */
export interface ExploreJob {
  readonly kind: "explore";
  /** Its code says which of its places it reaches; the code with marks does not. */
  readonly spec: CompiledModule;
  readonly exercise: CompiledModule;
  readonly budget: number;
  readonly seed: number;
}

export interface ReplayJob {
  readonly kind: "replay";
  readonly spec: CompiledModule;
  readonly exercise: CompiledModule;
  readonly seed: number;
  readonly test: string;
  readonly schedule: string;
}

/** Plays one order as far as it was chosen, and says what may come next. */
export interface StepJob {
  readonly kind: "step";
  readonly spec: CompiledModule;
  readonly exercise: CompiledModule;
  readonly seed: number;
  readonly test: string;
  /** The option taken at each choice point, from the first. */
  readonly choices: readonly number[];
}

/** A stand-alone script, for quiz questions: run in the natural order until nothing is left to do. */
export interface ScriptJob {
  readonly kind: "script";
  readonly script: CompiledModule;
}

/**
 * A program of the playground, for as long as its text stays the same: after the first order more may come, and each
 * newer one ends the one before it.
 */
export interface SimulateJob {
  readonly kind: "simulate";
  readonly program: CompiledModule;
  readonly order: SimulationOrder;
}

export type Job = GradeJob | ExploreJob | ReplayJob | StepJob | ScriptJob | SimulateJob;

/** Name of the learner's file in stack traces. */
export function fileOfJob(job: Job): string {
  if (job.kind === "script") return job.script.fileName;
  return (job.kind === "simulate" ? job.program : job.exercise).fileName;
}

export interface ListedTest {
  readonly name: string;
  readonly title: Words;
}

/** Runner → sandbox. */
export interface ToSandbox {
  /** With `findSpin` the run is only to show where it spins: see `spinning`; with `tellRuns` in which order: see `begun`. */
  run: { readonly job: Job; readonly findSpin?: true; readonly tellRuns?: true };
  /** One more order for the program of a `SimulateJob`. */
  simulate: { readonly order: SimulationOrder };
}

/**
 * Sandbox → runner. Every job ends with exactly one `done` or `failed`; a `SimulateJob` only with `failed`, and each of its
 * orders that no newer one has ended with `simulated`.
 */
export interface FromSandbox {
  /** The kernel is loaded and the confinement was tried and held. */
  ready: { readonly confinement: readonly string[] };
  listed: { readonly tests: readonly ListedTest[] };
  /** Something finished: the supervisor's clock starts anew. */
  progress: { readonly test: string; readonly schedules: number };
  tested: { readonly verdict: TestVerdict };
  /** After `tested`, of a test that is explored. */
  explored: { readonly space: TestSpace };
  /** Under the debugger: an event, as it happens; once more where more of it becomes known. */
  happened: { readonly event: TraceEvent };
  /** Asked to find it: this line of the exercise goes on and on within one turn. */
  spinning: { readonly line: number };
  /** Asked to tell: a run of this test goes on by this schedule, as far as is known. Told before what comes of that. */
  begun: { readonly test: string; readonly schedule: string };
  /** The run that was chosen by this order. */
  played: { readonly order: number; readonly run: ChosenRun };
  /** What came of the runs so far. */
  sampled: { readonly order: number; readonly distribution: Distribution };
  simulated: { readonly order: number };
  done: {
    readonly trace?: Trace;
    readonly output?: readonly string[];
    readonly verdict?: TestVerdict;
    /** Of a run by steps that waits for a choice. */
    readonly options?: readonly StepOption[];
    /** Of a run by steps: what replays it so far. */
    readonly schedule?: string;
  };
  failed: { readonly error: GradeError };
}

type Tagged<T> = { [K in keyof T]: { readonly type: K } & T[K] }[keyof T];
export type ToSandboxMessage = Tagged<ToSandbox>;
export type FromSandboxMessage = Tagged<FromSandbox>;
