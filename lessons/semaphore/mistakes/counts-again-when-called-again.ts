// diagnosis: released-twice - callers release exactly once, they have a finally block for that
// seen in its consequences in redisson/redisson #7206: the counter climbed above the maximum
export class Semaphore {
  #available: number;
  readonly #line: { grant(): void }[] = [];

  constructor(permits: number) {
    this.#available = permits;
  }

  get available(): number {
    return this.#available;
  }

  get waiting(): number {
    return this.#line.length;
  }

  acquire(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const release = () => this.#release();
    if (this.#available > 0) {
      this.#available--;
      return Promise.resolve(release);
    }
    return new Promise((resolve, reject) => {
      const waiter = {
        grant: () => {
          signal.removeEventListener("abort", onAbort);
          resolve(release);
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

  #release(): void {
    const next = this.#line.shift();
    if (next) next.grant();
    else this.#available++;
  }
}
