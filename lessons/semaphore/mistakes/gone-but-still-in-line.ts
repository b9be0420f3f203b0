// diagnosis: permit-lost - the promise has been rejected, so resolving it later does nothing and the entry in the line is harmless
export class Semaphore {
  #available: number;
  #waiting = 0;
  readonly #line: (() => void)[] = [];

  constructor(permits: number) {
    this.#available = permits;
  }

  get available(): number {
    return this.#available;
  }

  get waiting(): number {
    return this.#waiting;
  }

  acquire(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#available > 0) {
      this.#available--;
      return Promise.resolve(this.#permit());
    }
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#waiting--;
        reject(signal.reason);
      };
      this.#waiting++;
      this.#line.push(() => {
        if (!signal.aborted) this.#waiting--;
        signal.removeEventListener("abort", onAbort);
        resolve(this.#permit());
      });
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  #permit(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = this.#line.shift();
      if (next) next();
      else this.#available++;
    };
  }
}
