/** One thing that the outside does for the exercise: a fetch, a dial, a piece of work. Runs inside the realm. */
import type { OperationKind } from "../../protocol/trace.ts";
import { type AbortSignal, abortInternals } from "../platform/abort.ts";
import type { SourceMark } from "../platform/events.ts";

/** Virtual ms: exactly so long, or anything from the first to the second. */
export type Latency = number | readonly [min: number, max: number];

/** Who an operation belongs to: the rules of the leak oracle hold for the exercise's own only. */
export type Owner = "exercise" | "spec";

/** What may go wrong with an operation. Each is one more choice of the schedule, in the moment in which it could end. */
export interface Faults {
  /** It may fail. */
  readonly mayFail?: boolean;
  /** It may never answer: only an abort ends it then. */
  readonly mayHang?: boolean;
  /** It may answer so many virtual ms later than it could have. */
  readonly maySlowBy?: number | undefined;
}

export interface OperationPlan extends Faults {
  readonly kind: OperationKind;
  /** What the learner reads, e.g. "fetch https://a.example/". */
  readonly label: string;
  readonly latency: Latency;
  readonly owner: Owner;
  /** The signal that the exercise passed, if any. */
  readonly signal?: AbortSignal | undefined;
  /** False for an operation that goes on after its signal aborted. Default true. */
  readonly obeysSignal?: boolean;
  /** Virtual ms that it needs to clean up after an abort, before `aborted` is called. Default 0: the same instant. */
  readonly cleanupMs?: number;
  /** Where the exercise started it; defaults to the current position. */
  readonly source?: SourceMark | undefined;
  /** The operation has come to its end: hands over what it answers, and says whether that was an answer or a failure. */
  complete(): "completed" | "failed";
  /** Called instead of `complete` where the operation fails by choice. */
  fail?(): void;
  aborted(reason: unknown): void;
}

export type OperationState = "running" | "cleaning-up" | "completed" | "failed" | "aborted";

export class Operation {
  /** From 1, in order of start; timers count too. */
  readonly id: number;
  readonly plan: OperationPlan;
  /** Virtual ms. */
  readonly startedAt: number;
  readonly source: SourceMark | undefined;
  state: OperationState = "running";
  endedAt: number | undefined = undefined;
  /** Virtual ms before which it cannot end, and by which it must, unless it was moved. */
  readonly earliest: number;
  readonly latest: number;
  /** When it ends now that a fault or an abort has moved it, virtual ms. */
  movedTo: number | undefined = undefined;
  /** Place of its start in the trace. */
  startEvent = 0;
  /** Place of the event in whose turn it was begun or moved; -1 where that was before all of them. */
  begunIn = -1;
  /** What it does when its signal aborts, while it is on that signal. */
  #onAbort: (() => void) | undefined = undefined;

  constructor(id: number, plan: OperationPlan, now: number, source: SourceMark | undefined) {
    const { latency } = plan;
    this.id = id;
    this.plan = plan;
    this.startedAt = now;
    this.source = source;
    this.earliest = now + (typeof latency === "number" ? latency : latency[0]);
    this.latest = now + (typeof latency === "number" ? latency : latency[1]);
  }

  /**
   * @param onAbort comes as an argument: a function that is written right where a property is assigned, the engine takes for a
   *   method and puts among what lives long, and all that it refers to would stay until the next full collection
   */
  follow(signal: AbortSignal, onAbort: () => void): void {
    this.#onAbort = onAbort;
    abortInternals.addStep(signal, onAbort);
  }

  leaveSignal(): void {
    const { signal } = this.plan;
    if (signal !== undefined && this.#onAbort !== undefined) abortInternals.removeStep(signal, this.#onAbort);
    this.#onAbort = undefined;
  }
}

export function isRunning(operation: Operation): boolean {
  return operation.state === "running" || operation.state === "cleaning-up";
}
