/** The random numbers of one run. Runs inside the realm. */
import { Random } from "../../base/random.ts";

/** Numbers of one run that are kept for the spec. */
const maxKept = 1000;

export class RandomNumbers {
  readonly #random: Random;
  readonly #kept: number[] = [];

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  /** A number in [0, 1) for what is not Math.random. */
  next(): number {
    return this.#random.next();
  }

  /** Answers Math.random. */
  draw(): number {
    const drawn = this.next();
    if (this.#kept.length < maxKept) this.#kept.push(drawn);
    return drawn;
  }

  /** What `draw` has given so far, the first thousand of it. */
  get drawn(): readonly number[] {
    return [...this.#kept];
  }
}
