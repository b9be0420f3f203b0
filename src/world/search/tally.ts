/** Which orders have been run, each counted once. Pure. */
import { type Decisions, countDeviations, trimmed } from "./schedule.ts";

export class Tally {
  /** Runs at most. */
  readonly budget: number;
  /** Orders that were run outside of the walk over whole levels, with how many deviations each has. */
  readonly #others = new Map<string, number>();
  #walked = 0;
  #runs = 0;

  constructor(budget: number) {
    this.budget = budget;
  }

  /** How many more runs the budget allows. */
  get room(): number {
    return this.budget - this.#runs;
  }

  /**
   * Different orders that were run to their end.
   * @param deviations every order with at most so many was run in the walk
   */
  orders(deviations: number): number {
    let others = 0;
    for (const count of this.#others.values()) if (count > deviations) others++;
    return this.#walked + others;
  }

  /** A run of the walk over whole levels, which meets each order once. */
  addWalked(): void {
    this.#runs++;
    this.#walked++;
  }

  add(taken: Decisions): void {
    this.#runs++;
    this.#others.set(trimmed(taken).join(), countDeviations(taken));
  }

  /** A run that broke off, since it had nothing new to show. */
  addBlocked(): void {
    this.#runs++;
  }
}
