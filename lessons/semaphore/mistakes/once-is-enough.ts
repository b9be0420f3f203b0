// diagnosis: listener-left-on-signal - { once: true } removes the listener, so there is nothing to clean up
// seen in the review of anthropics/anthropic-sdk-typescript #895
export class Semaphore {
  #available: number;
  readonly #line = new Map<symbol, () => void>();

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
    if (this.#available > 0) {
      this.#available--;
      return Promise.resolve(this.#permit());
    }
    return new Promise((resolve, reject) => {
      const place = Symbol("place in line");
      this.#line.set(place, () => resolve(this.#permit()));
      const leave = () => {
        if (this.#line.delete(place)) reject(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  #permit(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const [first] = this.#line;
      if (first === undefined) {
        this.#available++;
        return;
      }
      this.#line.delete(first[0]);
      first[1]();
    };
  }
}
