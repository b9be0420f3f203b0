// diagnosis: aborted-signal-unchecked - the signal is for the waiting, and whoever finds a free permit does not wait
// seen in golang/go #63615
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

  async acquire(signal: AbortSignal): Promise<() => void> {
    if (this.#available > 0) this.#available--;
    else await this.#turn(signal);

    let held = true;
    return () => {
      if (held) this.#giveBack();
      held = false;
    };
  }

  #turn(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const serve = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        this.#line.delete(serve);
        reject(signal.reason);
      };
      this.#line.add(serve);
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  #giveBack(): void {
    const [first] = this.#line;
    if (first === undefined) {
      this.#available++;
    } else {
      this.#line.delete(first);
      first();
    }
  }
}
