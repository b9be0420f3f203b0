// diagnosis: serial-not-parallel - chaining each caller to the promise of the one before keeps them in order
export class Semaphore {
  readonly #permits: number;
  #held = 0;
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(permits: number) {
    this.#permits = permits;
  }

  get available(): number {
    return this.#permits - this.#held;
  }

  get waiting(): number {
    return this.#waiting;
  }

  async acquire(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const previous = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    this.#waiting++;
    try {
      await Promise.race([previous, aborted(signal)]);
    } catch (error) {
      void previous.then(resolve); // whoever comes next waits for the one before
      throw error;
    } finally {
      this.#waiting--;
    }
    this.#held++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#held--;
      resolve();
    };
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  const own = AbortSignal.any([signal]);
  const { promise, reject } = Promise.withResolvers<never>();
  own.addEventListener("abort", () => reject(own.reason), { once: true });
  return promise;
}
