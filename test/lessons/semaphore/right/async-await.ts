// style: async/await; the permit is booked before the waiter is woken
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
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const turn: Turn = {
      wake() {
        signal.removeEventListener("abort", cancel);
        resolve();
      },
    };
    const turns = this.#turns;
    function cancel() {
      turns.splice(turns.indexOf(turn), 1);
      signal.removeEventListener("abort", cancel);
      reject(signal.reason);
    }
    turns.push(turn);
    signal.addEventListener("abort", cancel);
    await promise;
  }

  #pass(): void {
    const next = this.#turns.shift();
    if (next) next.wake();
    else this.#held--;
  }
}
