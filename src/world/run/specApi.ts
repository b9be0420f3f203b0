/**
 * What a lesson's spec.ts imports from "interleave". Types for authors; the kernel provides the values.
 *
 * A test calls the exercise inside a world of virtual time, says how the outside behaves, and checks what came of it.
 * The explorer runs the test once for every order in which the outside could have answered. After each, the leak
 * oracle (L1 to L7) is asked, without the test having to.
 */
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import type { Words } from "../../protocol/words.ts";
import type { CallPolicy, Settled } from "./call.ts";
import type { OracleOptions } from "../oracle/leakOracle.ts";
import type { Route, RequestRecord } from "../outside/network.ts";
import type { Latency } from "../outside/operation.ts";
import type { AbortSignal } from "../platform/abort.ts";

export type { CallPolicy, Diagnosis, Latency, OracleOptions, RequestRecord, Route, Settled, Words };

export interface TestOptions {
  readonly title: Words;
  /** "everywhere": an abort of `t.signal` is one more choice at every choice point while a call with it is pending. */
  readonly cancel?: "everywhere";
  readonly oracle?: OracleOptions;
}

export interface WorkOptions<T> {
  /** What the learner reads, e.g. "dial a". */
  readonly label: string;
  readonly kind?: "dial" | "work";
  /** Virtual ms. */
  readonly latency: Latency;
  readonly signal?: AbortSignal | undefined;
  /** False for work that goes on after its signal aborted. Default true: it rejects with the reason in the same instant. */
  readonly obeysSignal?: boolean;
  /** Virtual ms that it needs after an abort before it rejects. Default 0. */
  readonly cleanupMs?: number;
  /** Gives what the work answers. Throwing makes it fail. */
  readonly answer: () => T;
  /** Makes failing with this error one of the choices of the schedule. */
  readonly mayFailWith?: Error;
  /** Makes it one of the choices that the work never answers: only an abort ends it then. */
  readonly mayHang?: boolean;
  /** Makes it one of the choices that the work answers so many virtual ms later than it could have. */
  readonly maySlowBy?: number;
}

/** One piece of work that the outside did for the exercise. */
export interface WorkRecord {
  readonly label: string;
  readonly kind: string;
  /** Virtual ms. */
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  readonly state: "running" | "cleaning-up" | "completed" | "failed" | "aborted";
  readonly signal: AbortSignal | undefined;
}

export interface GivenController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

/** A call of the exercise. Awaiting it gives how it settled, once everything that was ready has run. Never rejects. */
export interface Call<T> extends PromiseLike<Settled<T>> {
  /** How it settled, if it has. */
  readonly settled: Settled<T> | undefined;
  readonly pending: boolean;
}

export interface Harness {
  /** Virtual ms since the run began. */
  readonly now: number;
  /** The caller's signal. The explorer strikes it where the test says `cancel: "everywhere"`. */
  readonly signal: AbortSignal;
  /** The reason that `t.signal` is aborted with: an object of its own, so that its identity can be checked. */
  readonly reason: unknown;
  /** Virtual ms at which `t.signal` was aborted, if it was. */
  readonly abortedAt: number | undefined;
  /** Aborts `t.signal` now, with `t.reason`. */
  abort(): void;
  /** A further signal to hand to the exercise, watched like `t.signal`. The name is shown to the learner. */
  controller(name: string): GivenController;

  /** Waits in virtual time. Everything else that is due in the same instant may come before or after. */
  sleep(ms: number): Promise<void>;
  /** Does something at a virtual time, counted from now. */
  after(ms: number, action: () => void): void;
  /** Resolves once everything that is ready in this instant has run. */
  idle(): Promise<void>;

  /** Calls the exercise and watches the promise. A call that throws counts as rejected. */
  call<T>(name: string, run: () => Promise<T>, policy?: CallPolicy): Call<T>;

  /** Lays out how `fetch` answers for a URL. */
  route(url: string, route: Route): void;
  /** Every call of `fetch` so far. */
  readonly requests: readonly RequestRecord[];
  /** Work that the outside does for the exercise: a dial, a handler, a task. */
  work<T>(options: WorkOptions<T>): Promise<T>;
  /** Everything that the exercise had the outside do so far (fetches and bodies too), in order of start. */
  readonly works: readonly WorkRecord[];
  /** The most pieces of work of a kind that ran at one time. */
  peak(kind: "fetch" | "dial" | "work"): number;

  /**
   * What Math.random has given so far, in order: the first thousand numbers, with those that the spec drew itself, and
   * without what went into crypto.randomUUID.
   */
  readonly randoms: readonly number[];

  /** Timers of the exercise that are armed now; `platform` counts those inside AbortSignal.timeout too. */
  armedTimers(platform?: boolean): number;
  /** Abort listeners on a signal that `t` made. */
  listeners(signal: AbortSignal): number;
  /** Asks the leak oracle (L1, L2, L3) now instead of only at the end; `name` is what the learner calls what ended. */
  checkLeaks(name: string): void;

  /** Faults the exercise unless the condition holds. */
  check(condition: boolean, diagnosis: Diagnosis, message: Words): void;
  /** Faults the exercise unless both are alike, compared by value (errors and functions by identity). */
  equal(actual: unknown, expected: unknown, diagnosis: Diagnosis, message: Words): void;
  fail(diagnosis: Diagnosis, message: Words): never;
}

/**
 * Registers a test. `name` is its stable kebab-case id.
 * @public imported by specs, through the declaration file that the build makes of this one
 */
export declare function test(name: string, options: TestOptions, body: (t: Harness) => Promise<void>): void;
