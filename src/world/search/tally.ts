/** Which orders have been run, each counted once. Pure. */
import { type Decisions, countDeviations, trimmed } from "./schedule.ts";

export class Tally {
  /** Orders to run at most. */
  readonly budget: number;
  /** Orders that were run outside of the walk over whole levels, with how many deviations each has. */
  readonly #others = new Map<string, number>();
  #walked = 0;
  #blocked = 0;

  constructor(budget: number) {
    this.budget = budget;
  }

  /** How many more orders the budget allows. */
  get room(): number {
    return this.budget - this.#walked - this.#others.size - this.#blocked;
  }

  /** Different orders that were run to their end. */
  get orders(): number {
    return this.#walked + this.#others.size;
  }

  /** A run of the walk over whole levels, which meets each order once. */
  addWalked(): void {
    this.#walked++;
  }

  /** The walk has run every order with at most so many deviations: those are its own, whoever ran them before. */
  walkedAll(deviations: number): void {
    for (const [order, count] of this.#others) if (count <= deviations) this.#others.delete(order);
  }

  add(taken: Decisions): void {
    this.#others.set(trimmed(taken).join(), countDeviations(taken));
  }

  /** Whether an order was run outside of the walk. */
  has(decisions: Decisions): boolean {
    return this.#others.has(trimmed(decisions).join());
  }

  /** A run that broke off, since it had nothing new to show. */
  addBlocked(): void {
    this.#blocked++;
  }
}
