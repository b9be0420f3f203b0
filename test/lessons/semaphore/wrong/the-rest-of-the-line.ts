// diagnosis: never-settles - splice at its place takes the one who leaves out of the line
// seen in another shape in brianc/node-pg-pool #85
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
    if (this.#available > 0) {
      this.#available--;
      return Promise.resolve(this.#permit());
    }
    return new Promise((resolve, reject) => {
      const serve = () => {
        signal.removeEventListener("abort", leave);
        resolve(this.#permit());
      };
      const leave = () => {
        this.#line.splice(this.#line.indexOf(serve));
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
