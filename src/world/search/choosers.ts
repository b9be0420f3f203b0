/** Choosers for each kind of plan. Runs inside the realm. */
import type { StepName } from "../../protocol/steps.ts";
import { isStrike, operationOf } from "../outside/options.ts";
import { CaseFollower } from "./caseFollower.ts";
import { type Chooser, type Offered, namesOf } from "./chooser.ts";
import { type MaybeFootprint, conflicts, footprintAfter } from "./footprint.ts";
import type { Plan, PriorityPlan, WatchPlan, WatchedEvent } from "./plan.ts";
import { Random } from "../../base/random.ts";
import type { Decisions } from "./schedule.ts";

/** @param offered names what may come next, for plans that speak of names */
export function chooserFor(plan: Plan, offered: () => readonly StepName[] = () => []): Chooser {
  switch (plan.by) {
    case "decisions":
      return new Follower(plan.decisions);
    case "priorities":
      return new Prioritiser(plan);
    case "watching":
      return new Watcher(plan);
    case "steps":
      return new Stepper(plan.decisions);
    case "case":
      return new CaseFollower(plan.steps, offered);
  }
}

class Follower implements Chooser {
  readonly asksAlways = false;
  readonly #decisions: Decisions;
  #point = 0;

  constructor(decisions: Decisions) {
    this.#decisions = decisions;
  }

  choose(): number {
    return this.#decisions[this.#point++] ?? 0;
  }
}

/** Breaks off where it has not been told what to take. */
class Stepper implements Chooser {
  readonly asksAlways = false;
  readonly #decisions: Decisions;
  #point = 0;

  constructor(decisions: Decisions) {
    this.#decisions = decisions;
  }

  choose(): number | undefined {
    return this.#decisions[this.#point++];
  }
}

class Prioritiser implements Chooser {
  readonly asksAlways = false;
  readonly #random: Random;
  readonly #priorities = new Map<number, number>();
  readonly #changesAt = new Set<number>();
  /** The choice point from which on an abort strikes; never, in half of the runs. */
  readonly #strikeAt: number;
  #point = 0;
  #lowest = 0;

  constructor({ seed, changes, length }: PriorityPlan) {
    this.#random = new Random(seed);
    for (let change = 0; change < changes; change++) this.#changesAt.add(this.#random.below(length));
    this.#strikeAt = this.#random.below(length * 2);
  }

  choose(options: Offered): number {
    const point = this.#point++;
    if (point >= this.#strikeAt) {
      const striking = namesOf(options).flatMap((name, place) => (isStrike(name) ? [place] : []));
      if (striking.length > 0) return striking[this.#random.below(striking.length)] ?? 0;
    }
    const first = this.#highest(options);
    if (!this.#changesAt.has(point)) return this.#outcome(options, first);
    this.#priorities.set(first, --this.#lowest);
    return this.#outcome(options, this.#highest(options));
  }

  #highest(options: Offered): number {
    let best = 0;
    let bestPriority = Number.NEGATIVE_INFINITY;
    for (const name of namesOf(options)) {
      if (isStrike(name)) continue;
      const priority = this.#priority(operationOf(name));
      if (priority > bestPriority) [best, bestPriority] = [operationOf(name), priority];
    }
    return best;
  }

  #priority(operation: number): number {
    let priority = this.#priorities.get(operation);
    if (priority === undefined) {
      priority = this.#random.next();
      this.#priorities.set(operation, priority);
    }
    return priority;
  }

  /** Goes well in half of the cases, where it need not. */
  #outcome(options: Offered, operation: number): number {
    const places = namesOf(options).flatMap((name, place) =>
      !isStrike(name) && operationOf(name) === operation ? [place] : [],
    );
    if (places.length === 1 || this.#random.next() < 0.5) return places[0] ?? 0;
    return places[1 + this.#random.below(places.length - 1)] ?? 0;
  }
}

/** Asked at every event. After each turn it must be told what the turn touched. */
export class Watcher implements Chooser {
  readonly asksAlways = true;
  readonly events: WatchedEvent[] = [];
  readonly #plan: WatchPlan;
  readonly #asleep = new Map<number, MaybeFootprint>();
  #point = 0;

  constructor(plan: WatchPlan) {
    this.#plan = plan;
    if (plan.decisions.length === 0) this.#sleep();
  }

  #sleep(): void {
    for (const { name, footprint } of this.#plan.asleep) this.#asleep.set(name, footprint);
  }

  choose(options: Offered): number | undefined {
    const { decisions } = this.#plan;
    const names = namesOf(options);
    let place: number;
    if (this.#point < decisions.length) {
      place = options.length > 1 ? (decisions[this.#point] ?? 0) : 0;
      if (options.length > 1 && ++this.#point === decisions.length) this.#sleep();
    } else {
      place = names.findIndex((name) => !this.#asleep.has(name));
      if (place < 0) return undefined;
    }
    const chosen = options.at(place);
    if (chosen !== undefined) {
      const { name, begunIn = -1 } = chosen;
      this.events.push({ name, options: names, begunIn, footprint: undefined });
    }
    return place;
  }

  /** The turn of the event that was chosen last has ended. What does not commute with it wakes up. */
  turnEnded(footprint: MaybeFootprint): void {
    const event = this.events.pop();
    if (event === undefined) return;
    this.events.push({ ...event, footprint });
    for (const [name, sleeping] of this.#asleep) {
      if (name === event.name || conflicts(sleeping, footprint)) this.#asleep.delete(name);
      else this.#asleep.set(name, footprintAfter(sleeping, footprint));
    }
  }
}
