// diagnosis: permit-lost, never-settles - Promise.race drops out of the line whatever lost the race
type Turn = { wake: () => void };

export class Semaphore {
  readonly #permits: number;
  #held = 0;
  readonly #turns: Turn[] = [];

  constructor(permits: number) {
    this.#permits = permits;
  }

  get available(): number {
    return this.#permits - this.#held;
  }

  get waiting(): number {
    return this.#turns.length;
  }

  async acquire(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#held < this.#permits) this.#held++;
    else await this.#myTurn(signal);
    // From here on the permit is ours, even if the signal has just aborted: the caller releases it.
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#pass();
    };
  }

  async #myTurn(signal: AbortSignal): Promise<void> {
    const granted = new Promise<void>((resolve) => {
      this.#turns.push({ wake: resolve });
    });
    const aborted = Promise.withResolvers<never>();
    const cancel = () => aborted.reject(signal.reason);
    signal.addEventListener("abort", cancel);
    try {
      await Promise.race([granted, aborted.promise]);
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  #pass(): void {
    const next = this.#turns.shift();
    if (next) next.wake();
    else this.#held--;
  }
}
