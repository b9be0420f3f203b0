/** Counts, over all orders of one test, what an author wants to know of its schedule space. Runs inside the realm. */
import type { SpaceStep, StepFate, TestSpace } from "../../protocol/space.ts";
import { trimmed } from "../search/schedule.ts";
import type { Operation } from "../outside/operation.ts";
import type { Run } from "./run.ts";
import type { TestOptions } from "./specApi.ts";

/** Pieces of work that are told apart: a spec that names more names them by numbers. */
const maxSteps = 100;

interface CountedStep extends SpaceStep {
  started: number;
  readonly fates: Record<StepFate, number>;
  readonly may: { fail: boolean; hang: boolean; slow: boolean };
}

export class SpaceTally {
  readonly #test: string;
  readonly #options: TestOptions;
  readonly #seen = new Set<string>();
  readonly #steps = new Map<string, CountedStep>();
  readonly #reached = new Set<number>();
  #least = Number.POSITIVE_INFINITY;
  #most = 0;
  #widest = 1;
  #timers = 0;
  readonly #calls = { withSignal: 0, aborted: 0, bornAborted: 0, mayFulfil: false, drains: false };

  constructor(test: string, options: TestOptions) {
    this.#test = test;
    this.#options = options;
  }

  /** A place of the spec was reached by the run under way. */
  reach(place: number): void {
    this.#reached.add(place);
  }

  /** Counts an order that has run to its end, once, however often it is played. */
  add(run: Run): void {
    const order = trimmed(run.taken).join();
    if (this.#seen.has(order)) return;
    this.#seen.add(order);
    const { optionCounts } = run;
    this.#least = Math.min(this.#least, optionCounts.length);
    this.#most = Math.max(this.#most, optionCounts.length);
    for (const count of optionCounts) this.#widest = Math.max(this.#widest, count);
    this.#addCalls(run);
    this.#addWork(run);
  }

  space(): TestSpace {
    const { cancel, oracle } = this.#options;
    return {
      test: this.#test,
      orders: this.#seen.size,
      depth: { least: this.#seen.size === 0 ? 0 : this.#least, most: this.#most },
      widest: this.#widest,
      cancelsEverywhere: cancel === "everywhere",
      rulesOff: [...(oracle?.except ?? [])],
      calls: this.#calls,
      timers: this.#timers,
      steps: [...this.#steps.values()],
      reached: [...this.#reached],
    };
  }

  #addCalls({ harness }: Run): void {
    const { calls } = harness;
    const counts = this.#calls;
    if (calls.some(({ policy }) => policy.signal !== undefined)) counts.withSignal++;
    if (calls.some(({ abortedAt }) => abortedAt !== undefined)) counts.aborted++;
    if (calls.some(({ bornAborted }) => bornAborted)) counts.bornAborted++;
    counts.mayFulfil ||= calls.some(({ policy }) => policy.mayFulfil === true);
    counts.drains ||= calls.some(({ policy }) => policy.drains === true);
  }

  #addWork({ world }: Run): void {
    if (world.timersArmed > 0) this.#timers++;
    const held = new Set(world.trace.tell().flatMap(({ type, operation }) => (type === "hold" ? [operation] : [])));
    const fates = new Map<CountedStep, Set<StepFate>>();
    for (const operation of world.operations) {
      const step = this.#stepOf(operation);
      if (step === undefined) continue;
      const known = fates.get(step) ?? new Set();
      fates.set(step, known);
      if (held.has(operation.id)) known.add("held");
      const fate = fateOf(operation);
      if (fate !== undefined) known.add(fate);
    }
    for (const [step, found] of fates) {
      step.started++;
      for (const fate of found) step.fates[fate]++;
    }
  }

  /** Undefined where there are too many to tell apart. */
  #stepOf({ plan }: Operation): CountedStep | undefined {
    const key = `${plan.kind} ${plan.label}`;
    let step = this.#steps.get(key);
    if (step === undefined) {
      if (this.#steps.size >= maxSteps) return undefined;
      const fates = { completed: 0, failed: 0, held: 0, aborted: 0 };
      const may = { fail: false, hang: false, slow: false };
      step = { kind: plan.kind, label: plan.label, started: 0, fates, may };
      this.#steps.set(key, step);
    }
    step.may.fail ||= plan.mayFail === true;
    step.may.hang ||= plan.mayHang === true;
    step.may.slow ||= plan.maySlowBy !== undefined;
    return step;
  }
}

/** Undefined for what never ended. */
function fateOf({ state }: Operation): StepFate | undefined {
  if (state === "cleaning-up") return "aborted";
  return state === "running" ? undefined : state;
}
