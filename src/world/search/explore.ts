/**
 * Which schedules to run, and in which order. Pure: it knows a program only through `run`, which plays one schedule
 * and says how many options there were at each choice point it passed.
 *
 * Every schedule but the natural one has exactly one parent: itself without its last deviation. Walking that tree
 * level by level therefore runs each order once, those with few deviations first, and knows when it has run them all.
 * Where a level no longer fits into the budget, the seed decides which part of it is run.
 */
import type { ScheduleCount } from "../../protocol/verdict.ts";
import { Random } from "./random.ts";
import type { Decisions } from "./schedule.ts";

export interface RunRecord {
  /** How many options there were at each choice point, in order. */
  readonly options: readonly number[];
  /** Whether the run broke a rule. */
  readonly failed: boolean;
}

export interface ExploreOptions {
  /** Runs at most. */
  readonly budget: number;
  readonly seed: number;
}

export interface Exploration {
  readonly schedules: ScheduleCount;
  /** The first failing schedule: fewest deviations, then the earliest. */
  readonly failing?: Decisions;
}

/** One step of exploring: the decisions to run next; answer with the record of that run. */
export type Explorer = Generator<Decisions, Exploration, RunRecord>;

/** Stops at the first failure. A generator, so that the caller decides when to yield to its event loop. */
export function* explore(options: ExploreOptions): Explorer {
  const random = new Random(options.seed);
  let level = new Level(options.budget, random);
  level.offer([]);
  let run = 0;
  for (let deviations = 0; ; deviations++) {
    const next = new Level(options.budget, random);
    const room = options.budget - run;
    for (const decisions of level.chosen(room)) {
      const record = yield decisions;
      run++;
      if (record.failed) {
        return { schedules: { run, total: null, exhaustive: false, deviations }, failing: decisions };
      }
      offerChildren(next, decisions, record);
    }
    const complete = level.offered <= room;
    if (complete && next.offered === 0) {
      return { schedules: { run, total: run, exhaustive: true, deviations } };
    }
    if (!complete || run >= options.budget) {
      return { schedules: { run, total: null, exhaustive: false, deviations } };
    }
    level = next;
  }
}

function offerChildren(into: Level, parent: Decisions, record: RunRecord): void {
  const prefix: number[] = [...parent];
  for (let point = parent.length; point < record.options.length; point++) {
    const count = record.options[point] ?? 1;
    for (let choice = 1; choice < count; choice++) into.offer([...prefix, choice]);
    prefix.push(0);
  }
}

/** Schedules with the same number of deviations. Keeps as many as can be run, each offered one equally likely. */
class Level {
  readonly #capacity: number;
  readonly #random: Random;
  readonly #kept: { readonly place: number; readonly decisions: Decisions }[] = [];
  #offered = 0;

  constructor(capacity: number, random: Random) {
    this.#capacity = capacity;
    this.#random = random;
  }

  get offered(): number {
    return this.#offered;
  }

  offer(decisions: Decisions): void {
    const place = this.#offered++;
    const slot = place < this.#capacity ? place : this.#random.below(place + 1);
    if (slot < this.#capacity) this.#kept[slot] = { place, decisions };
  }

  /** At most `room` of them, in the order in which they were offered. */
  chosen(room: number): readonly Decisions[] {
    const kept = [...this.#kept];
    while (kept.length > room) kept.splice(this.#random.below(kept.length), 1);
    return kept.sort((one, other) => one.place - other.place).map(({ decisions }) => decisions);
  }
}

/**
 * Takes deviations away from a failing schedule while it still fails in the same way.
 * Answer each yielded schedule with whether it does.
 */
export function* minimise(failing: Decisions): Generator<Decisions, Decisions, boolean> {
  let best = failing;
  for (let index = 0; index < best.length;) {
    const trial = trimmed(best.map((choice, position) => (position === index ? 0 : choice)));
    if (best[index] !== 0 && (yield trial)) {
      best = trial;
      // What could not be spared before may be now.
      index = 0;
    } else index++;
  }
  return best;
}

function trimmed(decisions: readonly number[]): number[] {
  let length = decisions.length;
  while (length > 0 && decisions[length - 1] === 0) length--;
  return decisions.slice(0, length);
}
