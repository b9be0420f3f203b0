// diagnosis: limit-exceeded - the permit is taken when the caller goes on, so that is where it is counted
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
    signal.throwIfAborted();
    await this.#turn(signal);
    this.#available--;
    return this.#permit();
  }

  #turn(signal: AbortSignal): Promise<void> {
    if (this.#available > 0) return Promise.resolve();
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

  #permit(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#available++;
      const [first] = this.#line;
      if (first === undefined) return;
      this.#line.delete(first);
      first();
    };
  }
}
