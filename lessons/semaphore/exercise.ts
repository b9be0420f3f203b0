/** Lends `permits` permits, one to a caller, first come, first served. */
export class Semaphore {
  readonly #permits: number;
  #held = 0;

  constructor(permits: number) {
    this.#permits = permits;
  }

  /**
   * Resolves with a function that gives the permit back: at once while a permit is free, else when this caller's turn has
   * come. Calling that function again changes nothing.
   * When `signal` aborts while the caller waits, rejects in the same instant with the signal's reason and leaves the line.
   * A permit that has been granted is held until it is given back, whatever the signal does.
   */
  async acquire(signal: AbortSignal): Promise<() => void> {
    // Begin here: it lets everybody in. Who may go in at once, and who has to wait for whom?
    signal.throwIfAborted();
    this.#held++;
    return () => {
      this.#held--;
    };
  }

  /** Permits that nobody holds. */
  get available(): number {
    return Math.max(0, this.#permits - this.#held);
  }

  /** Callers in line. */
  get waiting(): number {
    return Math.max(0, this.#held - this.#permits);
  }
}
