/** The `t` of a test: the spec's hands inside one run's world. Runs inside the realm. */
import { slot, worldPlace } from "../accesses/places.ts";
import { deferred } from "../../base/deferred.ts";
import { type Diagnosis, isDiagnosis } from "../../protocol/diagnosis.ts";
import type { Words } from "../../protocol/words.ts";
import type { CallPolicy, CallRecord, Settled } from "./call.ts";
import type { Finding } from "../oracle/findings.ts";
import { formatValue, plainText } from "./formatValue.ts";
import { type Watched, judgeCall, judgeLeftovers } from "../oracle/leakOracle.ts";
import { Network, type RequestRecord, type Route } from "../outside/network.ts";
import type { Operation } from "../outside/operation.ts";
import { AbortController, type AbortSignal, abortInternals, abortListeners } from "../platform/abort.ts";
import type { World } from "../outside/world.ts";
import { sameValue } from "./equal.ts";
import type { Call, GivenController, Harness, WorkOptions, WorkRecord } from "./specApi.ts";
import { Work } from "./work.ts";

/** Thrown to end a test whose exercise was faulted. */
export class Faulted extends Error {
  readonly #finding: Finding;

  constructor(finding: Finding) {
    super("faulted");
    this.#finding = finding;
  }

  /** Undefined for anything else. An exercise that caught one can neither read nor change what it says. Never throws. */
  static findingOf(thrown: unknown): Finding | undefined {
    return typeof thrown === "object" && thrown !== null && #finding in thrown ? thrown.#finding : undefined;
  }
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- applied to the promise of the exercise
const { then: promiseThen } = Promise.prototype;
/** Findings of one run that a spec may report: the first ends it. */
const maxFaults = 20;
/** Characters of a sentence. */
const maxWords = 2000;

class CancelReason extends Error {
  override readonly name = "CallerGaveUp";
}

export class TestHarness implements Harness {
  readonly calls: CallRecord[] = [];
  readonly network: Network;
  readonly watched: Watched;
  abortedAt: number | undefined;
  readonly #world: World;
  readonly #controller = new AbortController();
  readonly #signals = new Map<AbortSignal, string>();
  /** Resumed one at a time, each time the microtask queue has run empty. */
  readonly #idlers: (() => void)[] = [];
  readonly #unjudged: CallRecord[] = [];
  /** What `works` told of each operation when it was last asked, and how many of the first had ended before that. */
  readonly #workRecords: WorkRecord[] = [];
  #worksEnded = 0;
  #reason: CancelReason | undefined;

  constructor(world: World) {
    this.#world = world;
    this.network = new Network(world);
    this.#signals.set(givenSignal(this.#controller), "the caller's signal");
    world.watch?.worldly(this, (key) => {
      this.#watchLook(key);
    });
    this.watched = { world, network: this.network, signals: this.#signals, options: {} };
  }

  /** What a look at a property of `t` touches that no getter tells of. */
  #watchLook(key: PropertyKey | undefined): void {
    const { watch } = this.#world;
    if (key === "abortedAt") watch?.readWhole(this.signal);
    else if (key === undefined || Object.hasOwn(this, key)) watch?.unknown(`a look at t.${String(key)}`);
  }

  get now(): number {
    return this.#world.now;
  }

  /** Made when first asked for: most runs never abort, and an error costs a stack trace. */
  get reason(): unknown {
    this.#reason ??= Object.freeze(new CancelReason("the caller gave up"));
    return this.#reason;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(): void {
    if (abortInternals.aborted(this.signal)) return;
    this.abortedAt = this.now;
    this.#world.watch?.clock();
    this.#strike(this.#controller, "the caller's signal", this.reason);
  }

  controller(name: string): GivenController {
    const controller = new AbortController();
    this.#signals.set(givenSignal(controller), name);
    return {
      signal: controller.signal,
      abort: (reason) => {
        this.#strike(controller, name, reason);
      },
    };
  }

  #strike(controller: AbortController, name: string, reason: unknown): void {
    const { trace } = this.#world;
    const event = trace.add(this.now, "cancel", 0);
    trace.note({ kind: "signal", label: name });
    trace.turn(event);
    controller.abort(reason);
  }

  sleep(ms: number): Promise<void> {
    const { promise, resolve } = deferred<undefined>();
    this.after(ms, () => {
      resolve(undefined);
    });
    return promise;
  }

  after(ms: number, action: () => void): void {
    this.#world.start({
      kind: "spec",
      label: `the test, after ${String(ms)} ms`,
      latency: ms,
      owner: "spec",
      complete: () => {
        action();
        return "completed";
      },
      aborted: action,
    });
  }

  idle(): Promise<void> {
    const { promise, resolve } = deferred<undefined>();
    this.#idlers.push(() => {
      resolve(undefined);
    });
    return promise;
  }

  call<T>(name: string, run: () => Promise<T>, policy: CallPolicy = {}): Call<T> {
    const { signal } = policy;
    const record: CallRecord = {
      id: this.#world.nextId(),
      name,
      policy,
      startedAt: this.now,
      operationsBefore: this.#world.operations.length,
      requestsBefore: this.network.requests.length,
      bornAborted: signal !== undefined && abortInternals.aborted(signal),
      abortedAt: undefined,
      settled: undefined,
    };
    this.#world.watch?.fresh(record);
    this.#world.watch?.record(worldPlace.records);
    this.#world.watch?.hold(policy);
    this.calls.push(record);
    if (signal !== undefined) {
      abortInternals.addStep(signal, () => {
        this.#world.watch?.writeWhole(record);
        this.#world.watch?.clock();
        if (record.settled === undefined) record.abortedAt = this.now;
      });
    }
    const { trace } = this.#world;
    if (trace.recording) trace.introduce(record.id, { kind: "call", label: name });
    trace.add(this.now, "call", record.id);
    return this.#watch(record, started(run));
  }

  #watch<T>(record: CallRecord, promise: Promise<T>): Call<T> {
    const watched = new WatchedCall<T>(record);
    const settle = (settled: Settled<T>): void => {
      this.#world.watch?.writeWhole(record);
      this.#world.watch?.clock();
      record.settled = settled;
      this.#unjudged.push(record);
      const { trace } = this.#world;
      trace.add(settled.at, "settle", record.id);
      if (trace.recording) trace.note({ detail: describe(settled) });
      this.#idlers.push(() => {
        watched.tell(settled);
      });
    };
    // Not the promise's own `then`, which may be the exercise's.
    Reflect.apply(promiseThen, promise, [
      (value: T) => {
        settle({ status: "fulfilled", value, at: this.now });
      },
      (reason: unknown) => {
        settle({ status: "rejected", reason, at: this.now });
      },
    ]);
    this.#world.watch?.worldly(watched, () => {
      this.#world.watch?.readPart(record, slot.whole);
    });
    return watched;
  }

  /** What the calls that have settled since the last time are to be faulted for, first of all. */
  judgeSettled(): Finding | undefined {
    if (this.#unjudged.length === 0) return undefined;
    // What else a rule looks at, it looks at in order to fault the exercise, and that ends the run.
    for (const { bornAborted, abortedAt } of this.#unjudged) {
      if (bornAborted) this.#world.watch?.observe(worldPlace.records);
      if (abortedAt !== undefined) this.#world.watch?.observe(worldPlace.deliveries);
    }
    return this.#unjudged.splice(0).flatMap((record) => judgeCall(this.watched, record))[0];
  }

  /** Lets the one who has waited longest for everything that is ready go on. False when nobody has. */
  resumeIdler(): boolean {
    const idler = this.#idlers.shift();
    idler?.();
    return idler !== undefined;
  }

  route(url: string, route: Route): void {
    this.network.route(url, route);
  }

  get requests(): readonly RequestRecord[] {
    const { watch } = this.#world;
    const { requests } = this.network;
    if (watch !== undefined) {
      const look = (): void => {
        watch.observe(worldPlace.records);
      };
      look();
      for (const record of [requests, ...requests]) watch.worldly(record, look);
    }
    return requests;
  }

  work<T>(options: WorkOptions<T>): Promise<T> {
    this.#world.watch?.hold(options);
    const work = new Work(options);
    this.#world.start(work);
    return work.promise;
  }

  get works(): readonly WorkRecord[] {
    this.#world.watch?.observe(worldPlace.records);
    // A spec may look at each of a thousand starts; what ended before this instant stays as it is.
    const { operations, now } = this.#world;
    for (let place = this.#worksEnded; place < operations.length; place++) {
      const operation = operations[place];
      if (operation === undefined) break;
      this.#workRecords[place] = toWorkRecord(operation);
      if (place === this.#worksEnded && (operation.endedAt ?? now) < now) this.#worksEnded++;
    }
    return this.#workRecords.slice();
  }

  peak(kind: "fetch" | "dial" | "work"): number {
    this.#world.watch?.observe(worldPlace.peaks);
    return this.#world.peak(kind);
  }

  armedTimers(platform = false): number {
    this.#world.watch?.read(worldPlace.armed);
    return [...this.#world.armed].filter((timer) => platform || timer.owner === "exercise").length;
  }

  get randoms(): readonly number[] {
    this.#world.watch?.read(worldPlace.random);
    return this.#world.random.drawn;
  }

  listeners(signal: AbortSignal): number {
    return abortListeners(signal).length;
  }

  checkLeaks(name: string): void {
    this.#world.watch?.unknown("a look for leaks");
    const [finding] = judgeLeftovers(this.watched, name, abortInternals.aborted(this.signal));
    if (finding !== undefined) this.#fault(finding);
  }

  check(condition: boolean, diagnosis: Diagnosis, message: Words): void {
    if (!condition) this.fail(diagnosis, message);
  }

  equal(actual: unknown, expected: unknown, diagnosis: Diagnosis, message: Words): void {
    if (sameValue(actual, expected)) return;
    this.#fault({
      diagnosis,
      message,
      at: this.now,
      expected: formatValue(expected),
      actual: formatValue(actual),
    });
  }

  fail(diagnosis: Diagnosis, message: Words): never {
    this.#fault({ diagnosis, message, at: this.now });
  }

  /** Takes it down before anything is thrown: a check inside a callback throws into the exercise, which may catch it. */
  #fault(finding: Finding): never {
    const told = Object.freeze(toldFinding(finding));
    if (this.#world.findings.length < maxFaults) this.#world.report(told);
    throw new Faulted(told);
  }
}

/** A class, not a literal with getters: each of those would have a hidden class of its own and outlive its run. */
class WatchedCall<T> implements Call<T> {
  readonly #record: CallRecord;
  readonly #done = deferred<Settled<T>>();

  constructor(record: CallRecord) {
    this.#record = record;
  }

  get settled(): Settled<T> | undefined {
    return this.#record.settled as Settled<T> | undefined;
  }

  get pending(): boolean {
    return this.#record.settled === undefined;
  }

  tell(settled: Settled<T>): void {
    this.#done.resolve(settled);
  }

  then<Resolved = Settled<T>, Rejected = never>(
    resolved?: ((settled: Settled<T>) => Resolved | PromiseLike<Resolved>) | null,
    rejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Resolved | Rejected> {
    return this.#done.promise.then(resolved, rejected);
  }
}

/** A property of its own named `aborted` or `reason` would hide the real one from the spec that made the signal. */
function givenSignal({ signal }: AbortController): AbortSignal {
  return Object.preventExtensions(signal);
}

/** A spec is a stranger's too: what it says is what a person reads, so it is text of a sensible length. */
function toldFinding(finding: Finding): Finding {
  const { diagnosis, message } = finding;
  const words = { en: asText(message.en), "zh-cn": asText(message["zh-cn"]) };
  return { ...finding, diagnosis: isDiagnosis(diagnosis) ? diagnosis : "wrong-result", message: words };
}

function asText(text: unknown): string {
  return typeof text === "string" ? plainText(text, maxWords) : formatValue(text);
}

function describe(settled: Settled<unknown>): string {
  return settled.status === "fulfilled" ? "fulfilled" : `rejected: ${formatValue(settled.reason)}`;
}

function started<T>(run: () => Promise<T>): Promise<T> {
  try {
    return Promise.resolve(run());
  } catch (error) {
    // What the exercise threw is passed on untouched, whatever it is.
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    return Promise.reject(error);
  }
}

function toWorkRecord(operation: Operation): WorkRecord {
  const { plan, startedAt, endedAt, state } = operation;
  return { label: plan.label, kind: plan.kind, startedAt, endedAt, state, signal: plan.signal };
}
