// diagnosis: limit-exceeded - whoever leaves gives back what they came for, so the abort handler releases, too
// seen in redisson/redisson #7206
export class Semaphore {
  #available: number;
  readonly #line: (() => void)[] = [];

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
    const release = this.#permit();
    if (this.#available > 0) {
      this.#available--;
      return Promise.resolve(release);
    }
    return new Promise((resolve, reject) => {
      const serve = () => {
        signal.removeEventListener("abort", leave);
        resolve(release);
      };
      const leave = () => {
        this.#line.splice(this.#line.indexOf(serve), 1);
        release();
        reject(signal.reason);
      };
      this.#line.push(serve);
      signal.addEventListener("abort", leave, { once: true });
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
