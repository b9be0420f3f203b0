/**
 * The world that one run happens in: the virtual clock, everything that is pending, and what may come next.
 * Runs inside the realm. It never drains microtasks itself: whoever drives it performs one option, lets the microtask
 * queue run empty, and asks again. No step costs more than the number of options there are, and a heap's logarithm.
 */
import type { OperationKind } from "../../protocol/trace.ts";
import { duePlace, worldPlace } from "../accesses/places.ts";
import type { AccessRecorder } from "../accesses/recorder.ts";
import type { Finding } from "../oracle/findings.ts";
import { type AbortSignal, abortInternals } from "../platform/abort.ts";
import { type SourceMark, eventInternals } from "../platform/events.ts";
import { Heap } from "./heap.ts";
import { Operation, type OperationPlan, isRunning } from "./operation.ts";
import { type Option, OptionList, ending, nameOf } from "./options.ts";
import { RandomNumbers } from "./randomNumbers.ts";
import { type Timer, firesBefore, isDisarmed } from "./timer.ts";
import { TraceRecorder } from "./traceRecorder.ts";

/** Source positions looked up in one run: a look costs far more than what is looked up, and nobody reads thousands. */
const maxLocated = 500;

export interface WorldOptions {
  readonly seed: number;
  /** Whether to keep names and source positions for the trace, for runs that are shown. */
  readonly recording: boolean;
  /** The position in the exercise from which the current call comes. */
  readonly locate: () => SourceMark | undefined;
  /** Where the options are listed; may be used again by the next run. */
  readonly options?: OptionList | undefined;
  /** Takes down what each turn touches, in runs that are watched. */
  readonly watch?: AccessRecorder | undefined;
}

export class World {
  now = 0;
  /** So far, the platform's own among them. */
  timersArmed = 0;
  readonly watch: AccessRecorder | undefined;
  readonly trace: TraceRecorder;
  readonly findings: Finding[] = [];
  readonly armed = new Set<Timer>();
  /** Everything that the exercise had the outside do, also what has ended. */
  readonly operations: Operation[] = [];
  readonly #seed: number;
  readonly #locate: () => SourceMark | undefined;
  readonly #timers = new Heap<Timer>(firesBefore, isDisarmed);
  /** Operations whose time has not come, by when it comes; then those whose time has come; both, by when it ends. */
  readonly #waiting = new Heap<Operation>(comesBefore, isSettled);
  readonly #ready: Operation[] = [];
  #readyCount = 0;
  readonly #deadlines = new Heap<Operation>(endsBefore, isSettled);
  /** Those that a fault or an abort has given another end than they started with. */
  readonly #moved: Operation[] = [];
  readonly #options: OptionList;
  readonly #counts: Record<OperationKind, number> = { timer: 0, fetch: 0, body: 0, dial: 0, work: 0, spec: 0 };
  readonly #peaks: Record<OperationKind, number> = { timer: 0, fetch: 0, body: 0, dial: 0, work: 0, spec: 0 };
  #random: RandomNumbers | undefined;
  #nextId = 1;
  #lastDeliveryAt = -1;
  #turns = 0;
  #located = 0;
  /** Changes of this world that have begun and are not over. */
  #unfinished = 0;

  constructor(options: WorldOptions) {
    this.#seed = options.seed;
    this.trace = new TraceRecorder(options.recording);
    this.#locate = options.locate;
    this.watch = options.watch;
    this.#options = options.options ?? new OptionList();
  }

  /** What Math.random and its like are answered from. */
  get random(): RandomNumbers {
    this.#random ??= new RandomNumbers(this.#seed);
    return this.#random;
  }

  /**
   * Whether something that the exercise had the world do broke off halfway, as it does where the call stack is full: what
   * is known of the outside may then be wrong. Asked only while nothing of the exercise runs.
   */
  get brokeOff(): boolean {
    return this.#unfinished !== 0;
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
    return this.#peaks[kind];
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
    this.trace.add(this.now, "finding", 0);
    this.trace.note({ kind: "finding", label: finding.diagnosis, line: finding.source?.line });
  }

  start(plan: OperationPlan): Operation {
    const { kind, label, owner, signal } = plan;
    if (signal !== undefined) needSignal(signal);
    this.#unfinished++;
    const operation = new Operation(this.#nextId++, plan, this.now, plan.source ?? this.source());
    operation.begunIn = this.#turns - 1;
    if (this.watch !== undefined) this.#watchBegun(this.watch, operation, operation.latest);
    if (owner === "exercise") this.operations.push(operation);
    this.#waiting.push(operation);
    this.#deadlines.push(operation);
    const count = ++this.#counts[kind];
    if (count > this.#peaks[kind]) this.#peaks[kind] = count;
    if (this.trace.recording) this.trace.introduce(operation.id, { kind, label, line: operation.source?.line });
    operation.startEvent = this.trace.add(this.now, "start", operation.id);
    if (signal !== undefined && plan.obeysSignal !== false) this.#follow(operation, signal);
    this.#unfinished--;
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

  #follow(operation: Operation, signal: AbortSignal): void {
    if (abortInternals.aborted(signal)) {
      this.#abort(operation, signal);
      return;
    }
    operation.follow(signal, () => {
      this.#abort(operation, signal);
    });
  }

  #abort(operation: Operation, signal: AbortSignal): void {
    if (operation.state !== "running") return;
    const { plan } = operation;
    const cleanupMs = plan.cleanupMs ?? 0;
    if (cleanupMs > 0) {
      operation.state = "cleaning-up";
      this.#move(operation, this.now + cleanupMs);
      return;
    }
    this.#end(operation, "aborted");
    plan.aborted(abortInternals.reason(signal));
  }

  /** An operation has left both heaps, as far as it was in them. */
  #noteGone(): void {
    this.#waiting.noteGone();
    this.#deadlines.noteGone();
  }

  #move(operation: Operation, at: number): void {
    if (operation.movedTo === undefined) {
      this.#moved.push(operation);
      this.#noteGone();
    }
    operation.movedTo = at;
    operation.begunIn = this.#turns - 1;
    this.#watchChanged(operation);
    this.watch?.clock();
    this.watch?.bound(at);
  }

  #end(operation: Operation, state: "completed" | "failed" | "aborted", cause?: number): number {
    this.#unfinished++;
    this.#watchChanged(operation);
    operation.state = state;
    operation.endedAt = this.now;
    this.#counts[operation.plan.kind]--;
    if (operation.movedTo === undefined) this.#noteGone();
    else this.#moved.splice(this.#moved.indexOf(operation), 1);
    operation.leaveSignal();
    const type = state === "completed" ? "complete" : state === "failed" ? "fail" : "abort";
    this.#unfinished--;
    return this.trace.add(this.now, type, operation.id, cause);
  }

  /**
   * What may come next, in the natural order: earliest first, then first started. An operation is among them when no
   * other must have ended before it could. Timers keep their order among themselves, as the platform promises. After
   * these, in the same order, what may go wrong with them. The list is filled anew by the next call.
   */
  options(): OptionList {
    const options = this.#options;
    options.clear();
    const timer = this.#timers.peek();
    const horizon = this.#horizon(timer);
    this.#offerReady(horizon);
    for (const operation of this.#moved) {
      const at = operation.movedTo ?? 0;
      if (at <= horizon && at < Number.POSITIVE_INFINITY) {
        options.add(Math.max(this.now, at), operation.id, nameOf(operation.id, ending.complete), operation);
      }
    }
    if (timer !== undefined && timer.due <= Math.max(this.now, horizon)) {
      options.add(Math.max(this.now, timer.due), timer.order, nameOf(timer.id, ending.complete), undefined, timer);
    }
    options.sort();
    this.#offerFaults();
    return options;
  }

  /** What `options` listed last, with what was added to it since. */
  get offered(): OptionList {
    return this.#options;
  }

  /** Virtual ms by which something must have happened. */
  #horizon(timer: Timer | undefined): number {
    let horizon = timer?.due ?? Number.POSITIVE_INFINITY;
    const first = this.#deadlines.peek();
    if (first !== undefined && first.latest < horizon) horizon = first.latest;
    if (this.#moved.length === 0) return horizon;
    for (const { movedTo } of this.#moved) if (movedTo !== undefined && movedTo < horizon) horizon = movedTo;
    return horizon;
  }

  #offerReady(horizon: number): void {
    for (;;) {
      const first = this.#waiting.peek();
      if (first === undefined || first.earliest > horizon) break;
      this.#waiting.pop();
      this.#ready[this.#readyCount++] = first;
    }
    const ready = this.#ready;
    let kept = 0;
    // By place: this runs at every event, and an iterator and a shorter array would each be made anew.
    for (let place = 0; place < this.#readyCount; place++) {
      const operation = ready[place];
      if (operation === undefined || isSettled(operation)) continue;
      ready[kept++] = operation;
      // The horizon may have come nearer since it was found ready.
      if (operation.earliest > horizon) continue;
      const at = Math.max(this.now, operation.earliest);
      this.#options.add(at, operation.id, nameOf(operation.id, ending.complete), operation);
    }
    this.#readyCount = kept;
  }

  #offerFaults(): void {
    const options = this.#options;
    const count = options.length;
    for (let place = 0; place < count; place++) {
      const option = options.at(place);
      const operation = option?.operation;
      if (option === undefined || operation?.state !== "running" || operation.movedTo !== undefined) continue;
      const { mayFail, mayHang, maySlowBy } = operation.plan;
      if (mayFail === true) this.#offerFault(option, operation, ending.fail);
      if (mayHang === true) this.#offerFault(option, operation, ending.hang);
      if (maySlowBy !== undefined) this.#offerFault(option, operation, ending.slow);
    }
  }

  #offerFault({ at, order }: Option, operation: Operation, how: Option["ending"]): void {
    this.#options.add(at, order, nameOf(operation.id, how), operation).ending = how;
  }

  /** A turn begins that no operation of the world's has caused: an abort strikes. */
  beginTurn(at: number): void {
    this.now = at;
    this.#turns++;
  }

  /** Has one of the options happen. */
  perform(option: Option): void {
    this.beginTurn(option.at);
    const { operation, timer } = option;
    if (timer !== undefined) this.#fire(timer);
    else if (operation !== undefined) {
      if (option.ending === ending.complete) this.#complete(operation);
      else if (option.ending === ending.fail) this.#fail(operation);
      else this.#hold(operation, option.ending === ending.hang ? undefined : operation.plan.maySlowBy);
    }
  }

  #complete(operation: Operation): void {
    const { plan, startEvent } = operation;
    this.watch?.delivers(plan.owner === "exercise");
    if (plan.owner === "exercise") this.#lastDeliveryAt = this.now;
    if (operation.state === "cleaning-up") {
      this.trace.turn(this.#end(operation, "aborted", startEvent));
      plan.aborted(plan.signal === undefined ? undefined : abortInternals.reason(plan.signal));
      return;
    }
    const event = this.#end(operation, "completed", startEvent);
    this.trace.turn(event);
    if (plan.complete() === "completed") return;
    operation.state = "failed";
    this.trace.reviseAsFailure(event);
  }

  #fail(operation: Operation): void {
    this.watch?.delivers(operation.plan.owner === "exercise");
    if (operation.plan.owner === "exercise") this.#lastDeliveryAt = this.now;
    this.trace.turn(this.#end(operation, "failed", operation.startEvent));
    operation.plan.fail?.();
  }

  /** @param byMs virtual ms; undefined: for ever */
  #hold(operation: Operation, byMs: number | undefined): void {
    this.trace.turn(this.trace.add(this.now, "hold", operation.id, operation.startEvent));
    this.trace.note({ detail: byMs === undefined ? "never answers" : `answers ${String(byMs)} ms later` });
    this.#move(operation, byMs === undefined ? Number.POSITIVE_INFINITY : this.now + byMs);
  }

  #fire(timer: Timer): void {
    this.watch?.delivers(true);
    this.#lastDeliveryAt = this.now;
    this.#watchChanged(timer);
    this.watch?.add(worldPlace.armed);
    this.#timers.pop();
    this.armed.delete(timer);
    timer.state = "fired";
    this.trace.turn(this.trace.add(this.now, "complete", timer.id, timer.startEvent));
    timer.fire();
  }

  arm(timer: Timer): void {
    this.#unfinished++;
    if (this.watch !== undefined) this.#watchBegun(this.watch, timer, timer.due);
    this.watch?.write(duePlace(timer.due));
    this.watch?.add(worldPlace.armed);
    timer.begunIn = this.#turns - 1;
    this.timersArmed++;
    this.armed.add(timer);
    this.#timers.push(timer);
    if (this.trace.recording)
      this.trace.introduce(timer.id, { kind: "timer", label: timer.label, line: timer.source?.line });
    timer.startEvent = this.trace.add(this.now, "start", timer.id);
    this.#unfinished--;
  }

  disarm(timer: Timer): void {
    if (timer.state !== "armed") return;
    this.#unfinished++;
    this.#watchChanged(timer);
    this.watch?.add(worldPlace.armed);
    timer.state = "cleared";
    this.#timers.noteGone();
    this.armed.delete(timer);
    this.trace.add(this.now, "clear", timer.id);
    this.#unfinished--;
  }
}

function needSignal(signal: unknown): void {
  if (!eventInternals.isSignal(signal)) throw new TypeError("The option signal must be an AbortSignal.");
}

function isSettled(operation: Operation): boolean {
  return operation.state !== "running" || operation.movedTo !== undefined;
}

function comesBefore(one: Operation, other: Operation): boolean {
  return one.earliest < other.earliest || (one.earliest === other.earliest && one.id < other.id);
}

function endsBefore(one: Operation, other: Operation): boolean {
  return one.latest < other.latest || (one.latest === other.latest && one.id < other.id);
}
