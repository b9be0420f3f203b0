/**
 * Walks the schedules level by level: those with one deviation from the natural order, then those with two, and so on.
 * Pure. Every schedule but the natural one has exactly one parent: itself without its last deviation. So each order is
 * run once, those with few deviations first, and the walk knows when it has run them all.
 */
import { type Plan, type RunRecord, naturalPlan } from "./plan.ts";
import type { Random } from "../../base/random.ts";
import type { Decisions } from "./schedule.ts";
import type { Tally } from "./tally.ts";

export interface LevelWalk {
  /** All there is was run; or one run failed; or the next level does not fit into the room that is left. */
  readonly outcome: "complete" | "failed" | "full";
  readonly failing?: Decisions;
  /** Every order with at most so many deviations was run. */
  readonly deviations: number;
  /** What remains when it is full. */
  readonly next: Level;
}

export interface WalkOptions {
  readonly tally: Tally;
  readonly random: Random;
  /** A failure counts when this says so. */
  readonly counts: (failure: string) => boolean;
  /** Levels beyond this are not walked. Default: all. */
  readonly deepest?: number;
}

export function* walkLevels(options: WalkOptions): Generator<Plan, LevelWalk, RunRecord> {
  const { tally, random, counts, deepest = Number.POSITIVE_INFINITY } = options;
  let level = new Level(tally.budget, random);
  level.offerNatural();
  for (let deviations = 0; ; deviations++) {
    if (level.offered > tally.room || deviations > deepest) {
      return { outcome: "full", deviations: deviations - 1, next: level };
    }
    const next = new Level(tally.budget, random);
    for (const decisions of level.all()) {
      const record = yield decisions.length === 0 ? naturalPlan : { by: "decisions", decisions };
      tally.addWalked();
      if (record.failure !== undefined && counts(record.failure)) {
        return { outcome: "failed", failing: decisions, deviations, next };
      }
      next.offerChildren(decisions, record);
    }
    tally.walkedAll(deviations);
    if (next.offered === 0) return { outcome: "complete", deviations, next };
    level = next;
  }
}

/** A schedule as its parent with one deviation more: written out only when it is run. */
interface Child {
  readonly place: number;
  readonly parent: Decisions;
  readonly point: number;
  readonly choice: number;
}

/** Schedules with the same number of deviations. Keeps as many as could be run, each offered one equally likely. */
export class Level {
  readonly #capacity: number;
  readonly #random: Random;
  readonly #kept: Child[] = [];
  #offered = 0;

  constructor(capacity: number, random: Random) {
    this.#capacity = capacity;
    this.#random = random;
  }

  get offered(): number {
    return this.#offered;
  }

  offerNatural(): void {
    this.#offer([], 0, 0);
  }

  offerChildren(parent: Decisions, { options }: RunRecord): void {
    for (let point = parent.length; point < options.length; point++) {
      const count = options[point] ?? 1;
      for (let choice = 1; choice < count; choice++) this.#offer(parent, point, choice);
    }
  }

  #offer(parent: Decisions, point: number, choice: number): void {
    const place = this.#offered++;
    const slot = place < this.#capacity ? place : this.#random.below(place + 1);
    if (slot < this.#capacity) this.#kept[slot] = { place, parent, point, choice };
  }

  /** All of them, in the order in which they were offered; for a level that fits. Each is written out when its turn comes. */
  *all(): Generator<Decisions> {
    for (const child of this.#kept) yield toDecisions(child);
  }

  /** At most so many of those that are wanted, each equally likely, in the order in which they were offered. */
  some(most: number, wanted: (decisions: Decisions) => boolean): readonly Decisions[] {
    const kept = this.#kept.filter((child) => wanted(toDecisions(child)));
    while (kept.length > most) {
      const last = kept.pop();
      const slot = this.#random.below(kept.length + 1);
      if (last !== undefined && slot < kept.length) kept[slot] = last;
    }
    return inOrder(kept).map(toDecisions);
  }
}

function inOrder(children: readonly Child[]): readonly Child[] {
  return [...children].sort((one, other) => one.place - other.place);
}

function toDecisions({ parent, point, choice }: Child): Decisions {
  if (choice === 0) return parent;
  const decisions = [...parent];
  while (decisions.length < point) decisions.push(0);
  decisions.push(choice);
  return decisions;
}
