// diagnosis: wrong-result - handing over can wait for a microtask, since nobody can tell the difference
export class Semaphore {
  #available: number;
  readonly #line = new Set<() => void>();

  constructor(permits: number) {
    this.#available = permits;
  }

  get available(): number {
    return this.#available;
  }

  get waiting(): number {
    return this.#line.size;
  }

  acquire(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const serve = () => {
        this.#line.delete(serve);
        signal.removeEventListener("abort", leave);
        resolve(this.#permit());
      };
      const leave = () => {
        this.#line.delete(serve);
        reject(signal.reason);
      };
      this.#line.add(serve);
      signal.addEventListener("abort", leave, { once: true });
      this.#serve();
    });
  }

  #serve(): void {
    for (const serve of this.#line) {
      if (this.#available === 0) return;
      this.#available--;
      serve();
    }
  }

  #permit(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#available++;
      queueMicrotask(() => this.#serve());
    };
  }
}
