// diagnosis: batched-not-sliding - when all permits are back, the next ones in line can go together
export class Semaphore {
  readonly #permits: number;
  #held = 0;
  readonly #line: { signal: AbortSignal; enter(): void }[] = [];

  constructor(permits: number) {
    this.#permits = permits;
  }

  get available(): number {
    return this.#permits - this.#held;
  }

  get waiting(): number {
    return this.#line.length;
  }

  acquire(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener("abort", onAbort);
        this.#held++;
        resolve(this.#permit());
      };
      const waiter = { signal, enter };
      const onAbort = () => {
        this.#line.splice(this.#line.indexOf(waiter), 1);
        reject(signal.reason);
      };
      if (this.#held < this.#permits && this.#line.length === 0) {
        enter();
      } else {
        this.#line.push(waiter);
        signal.addEventListener("abort", onAbort, { once: true });
      }
    });
  }

  #permit(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#held--;
      if (this.#held === 0) for (const waiter of this.#line.splice(0, this.#permits)) waiter.enter();
    };
  }
}
