// diagnosis: order-lost - waking the first in line is enough, it will find the permit when it looks again
export class Semaphore {
  #available: number;
  readonly #line: { wake(): void }[] = [];

  constructor(permits: number) {
    this.#available = permits;
  }

  get available(): number {
    return this.#available;
  }

  get waiting(): number {
    return this.#line.length;
  }

  async acquire(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    while (this.#available === 0) await this.#wakeUp(signal);
    this.#available--;

    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#available++;
      this.#line.shift()?.wake();
    };
  }

  #wakeUp(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter = {
        wake: () => {
          signal.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      const onAbort = () => {
        this.#line.splice(this.#line.indexOf(waiter), 1);
        reject(signal.reason);
      };
      this.#line.push(waiter);
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }
}
