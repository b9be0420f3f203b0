// diagnosis: limit-exceeded - whoever has been aborted is done, so its permit can go to the next at once
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
    const given = AbortSignal.any([signal]); // nothing to remove afterwards

    const permit = () => {
      let held = true;
      const release = () => {
        if (!held) return;
        held = false;
        const [serveFirst] = this.#line;
        if (serveFirst) serveFirst();
        else this.#available++;
      };
      given.addEventListener("abort", release);
      return release;
    };

    if (this.#available > 0) {
      this.#available--;
      return Promise.resolve(permit());
    }
    return new Promise((resolve, reject) => {
      const serve = () => {
        this.#line.delete(serve);
        resolve(permit());
      };
      this.#line.add(serve);
      given.addEventListener("abort", () => {
        if (this.#line.delete(serve)) reject(given.reason);
      });
    });
  }
}
