/**
 * The world that one run happens in: the virtual clock, everything that is pending, and what may come next.
 * Runs inside the realm. It never drains microtasks itself: whoever drives it fires one option, lets the microtask
 * queue run empty, and asks again.
 */
import type { OperationKind } from "../../protocol/trace.ts";
import type { Finding } from "../oracle/findings.ts";
import { type Operation, type OperationPlan, isRunning, latencyRange } from "./operation.ts";
import { abortInternals } from "../platform/abort.ts";
import type { SourceMark } from "../platform/events.ts";
import type { AccessRecorder } from "../accesses/recorder.ts";
import { duePlace, worldPlace } from "../accesses/places.ts";
import { Random } from "../search/random.ts";
import { TimerQueue } from "./timerQueue.ts";
import { TraceRecorder } from "./traceRecorder.ts";

/** Source positions looked up in one run: a look costs far more than what is looked up, and nobody reads thousands. */
const maxLocated = 500;

export interface Timer {
  readonly id: number;
  due: number;
  order: number;
  readonly label: string;
  /** Armed by the exercise itself, or inside `AbortSignal.timeout`. */
  readonly owner: "exercise" | "platform";
  readonly source: SourceMark | undefined;
  state: "armed" | "fired" | "cleared";
  fire(): void;
}

/** One of the things that may come next. */
export interface Option {
  /** Virtual ms at which it would happen. */
  readonly at: number;
  readonly order: number;
  /** Virtual ms before which it could not happen, whatever the clock said. */
  readonly due: number;
  /** What it is about, as the learner reads it. */
  readonly label: string;
  readonly kind: "completes" | "fails" | "fires" | "strikes";
  run(): void;
}

export interface WorldOptions {
  readonly seed: number;
  /** Whether to keep a trace and source positions; costs time, so only for runs that are shown. */
  readonly recording: boolean;
  /** The position in the exercise from which the current call comes. */
  readonly locate: () => SourceMark | undefined;
  /** Takes down what each turn touches, in runs that are watched. */
  readonly watch?: AccessRecorder | undefined;
}

export class World {
  now = 0;
  readonly watch: AccessRecorder | undefined;
  readonly random: Random;
  readonly trace: TraceRecorder;
  readonly findings: Finding[] = [];
  readonly timers = new TimerQueue<Timer>((timer) => timer.state !== "armed");
  readonly armed = new Set<Timer>();
  /** Everything that the exercise had the outside do, also what has ended. */
  readonly operations: Operation[] = [];
  readonly #running = new Map<number, Operation>();
  readonly #counts = new Map<OperationKind, number>();
  readonly #peaks = new Map<OperationKind, number>();
  /** What takes each operation's step off its signal again. */
  readonly #steps = new Map<Operation, () => void>();
  readonly #locate: () => SourceMark | undefined;
  #nextId = 1;
  #lastDeliveryAt = -1;
  #turns = 0;
  #located = 0;

  constructor(options: WorldOptions) {
    this.random = new Random(options.seed);
    this.trace = new TraceRecorder(options.recording);
    this.#locate = options.locate;
    this.watch = options.watch;
  }

  source(): SourceMark | undefined {
    return this.trace.recording && this.#located++ < maxLocated ? this.#locate() : undefined;
  }

  /** How many timers and operations there have been. */
  get size(): number {
    return this.#nextId - 1;
  }

  nextId(): number {
    return this.#nextId++;
  }

  /** The most operations of a kind that ran at one time. */
  peak(kind: OperationKind): number {
    return this.#peaks.get(kind) ?? 0;
  }

  /** How many events there have been: what a microtask does belongs to the event before it. */
  get turns(): number {
    return this.#turns;
  }

  /** Virtual ms at which the outside last did something for the exercise. */
  get lastDeliveryAt(): number {
    return this.#lastDeliveryAt;
  }

  report(finding: Finding): void {
    this.findings.push(finding);
    this.trace.add({
      at: this.now,
      type: "finding",
      kind: "finding",
      operation: 0,
      label: finding.diagnosis,
      line: finding.source?.line,
    });
  }

  start(plan: OperationPlan): Operation {
    const [min, max] = latencyRange(plan.latency);
    const operation: Operation = {
      id: this.nextId(),
      plan,
      startedAt: this.now,
      source: plan.source ?? this.source(),
      state: "running",
      earliest: this.now + min,
      latest: this.now + max,
      endedAt: undefined,
    };
    if (this.watch !== undefined) this.#watchBegun(this.watch, operation, operation.latest);
    this.#running.set(operation.id, operation);
    const count = (this.#counts.get(plan.kind) ?? 0) + 1;
    this.#counts.set(plan.kind, count);
    if (count > this.peak(plan.kind)) this.#peaks.set(plan.kind, count);
    if (plan.owner === "exercise") this.operations.push(operation);
    this.#record("start", operation);
    if (plan.signal !== undefined && plan.obeysSignal !== false) this.#follow(operation, plan.signal);
    return operation;
  }

  /** Something began whose time derives from the clock, and which others must not overtake. */
  #watchBegun(watch: AccessRecorder, begun: Operation | Timer, latest: number): void {
    watch.fresh(begun);
    watch.clock();
    watch.bound(latest);
    for (const what of [worldPlace.records, worldPlace.peaks, worldPlace.startOrder]) watch.record(what);
  }

  #watchChanged(changed: Operation | Timer): void {
    this.watch?.writeWhole(changed);
    this.watch?.record(worldPlace.records);
    this.watch?.record(worldPlace.peaks);
  }

  /** Ends an operation before its time, e.g. a body that is cancelled. Does nothing if it has ended. */
  drop(operation: Operation): void {
    if (isRunning(operation)) this.#end(operation, "aborted");
  }

  #follow(operation: Operation, signal: NonNullable<OperationPlan["signal"]>): void {
    const { plan } = operation;
    const step = (): void => {
      if (operation.state !== "running") return;
      const cleanupMs = plan.cleanupMs ?? 0;
      if (cleanupMs > 0) {
        operation.state = "cleaning-up";
        operation.earliest = operation.latest = this.now + cleanupMs;
        this.#watchChanged(operation);
        this.watch?.clock();
        this.watch?.bound(operation.latest);
        return;
      }
      this.#end(operation, "aborted");
      plan.aborted(signal.reason);
    };
    if (signal.aborted) {
      step();
      return;
    }
    abortInternals.addStep(signal, step);
    this.#steps.set(operation, () => {
      abortInternals.removeStep(signal, step);
    });
  }

  #end(operation: Operation, state: "completed" | "failed" | "aborted"): void {
    this.#watchChanged(operation);
    operation.state = state;
    operation.endedAt = this.now;
    this.#running.delete(operation.id);
    this.#counts.set(operation.plan.kind, (this.#counts.get(operation.plan.kind) ?? 1) - 1);
    this.#steps.get(operation)?.();
    this.#steps.delete(operation);
    this.#record(state === "completed" ? "complete" : state === "failed" ? "fail" : "abort", operation);
  }

  #record(type: "start" | "complete" | "fail" | "abort", operation: Operation): void {
    const { kind, label } = operation.plan;
    this.trace.add({ at: this.now, type, kind, operation: operation.id, label, line: operation.source?.line });
  }

  /**
   * What may come next, in the natural order: earliest first, then first started. An operation is among them when no
   * other must have ended before it could. Timers keep their order among themselves, as the platform promises.
   */
  options(): Option[] {
    const timer = this.timers.peek();
    let horizon = timer?.due ?? Number.POSITIVE_INFINITY;
    for (const operation of this.#running.values()) horizon = Math.min(horizon, operation.latest);
    const options: Option[] = [];
    const faults: Option[] = [];
    for (const operation of this.#running.values()) {
      const at = Math.max(this.now, operation.earliest);
      if (at > horizon) continue;
      options.push({
        at,
        order: operation.id,
        due: operation.earliest,
        label: operation.plan.label,
        kind: "completes",
        run: () => {
          this.#complete(operation, at);
        },
      });
      if (operation.plan.mayFail === true && operation.state === "running") {
        faults.push({
          at,
          order: operation.id,
          due: operation.earliest,
          label: operation.plan.label,
          kind: "fails",
          run: () => {
            this.#fail(operation, at);
          },
        });
      }
    }
    if (timer !== undefined && Math.max(this.now, timer.due) <= horizon) {
      options.push({
        at: Math.max(this.now, timer.due),
        order: timer.order,
        due: timer.due,
        label: timer.label,
        kind: "fires",
        run: () => {
          this.#fire(timer);
        },
      });
    }
    return [...options.sort(naturally), ...faults.sort(naturally)];
  }

  #complete(operation: Operation, at: number): void {
    this.now = at;
    this.#turns++;
    this.watch?.delivers(operation.plan.owner === "exercise");
    if (operation.plan.owner === "exercise") this.#lastDeliveryAt = at;
    if (operation.state === "cleaning-up") {
      this.#end(operation, "aborted");
      this.trace.turn();
      operation.plan.aborted(operation.plan.signal?.reason);
      return;
    }
    this.#end(operation, "completed");
    this.trace.turn();
    if (operation.plan.complete() === "completed") return;
    operation.state = "failed";
    this.trace.reviseAsFailure();
  }

  #fail(operation: Operation, at: number): void {
    this.now = at;
    this.#turns++;
    this.watch?.delivers(operation.plan.owner === "exercise");
    if (operation.plan.owner === "exercise") this.#lastDeliveryAt = at;
    this.#end(operation, "failed");
    this.trace.turn();
    operation.plan.fail?.();
  }

  #fire(timer: Timer): void {
    this.now = Math.max(this.now, timer.due);
    this.#turns++;
    this.watch?.delivers(true);
    this.#lastDeliveryAt = this.now;
    this.#watchChanged(timer);
    this.watch?.add(worldPlace.armed);
    this.timers.pop();
    this.armed.delete(timer);
    timer.state = "fired";
    this.trace.add({
      at: this.now,
      type: "complete",
      kind: "timer",
      operation: timer.id,
      label: timer.label,
      line: timer.source?.line,
    });
    this.trace.turn();
    timer.fire();
  }

  arm(timer: Timer): void {
    if (this.watch !== undefined) {
      this.#watchBegun(this.watch, timer, timer.due);
      this.watch.write(duePlace(timer.due));
      this.watch.add(worldPlace.armed);
    }
    this.timers.push(timer);
    this.armed.add(timer);
    this.trace.add({
      at: this.now,
      type: "start",
      kind: "timer",
      operation: timer.id,
      label: timer.label,
      line: timer.source?.line,
    });
  }

  disarm(timer: Timer): void {
    if (timer.state !== "armed") return;
    this.#watchChanged(timer);
    this.watch?.add(worldPlace.armed);
    timer.state = "cleared";
    this.armed.delete(timer);
    this.trace.add({
      at: this.now,
      type: "clear",
      kind: "timer",
      operation: timer.id,
      label: timer.label,
      line: timer.source?.line,
    });
  }
}

function naturally(one: Option, other: Option): number {
  return one.at - other.at || one.order - other.order;
}
