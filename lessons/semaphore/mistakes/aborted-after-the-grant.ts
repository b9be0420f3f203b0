// diagnosis: permit-lost - a caller that has given up must not go on, so look at the signal once more after the wait
// seen in python/asyncio #270
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
    if (this.#available > 0) this.#available--;
    else await this.#turn(signal);
    signal.throwIfAborted();

    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#giveBack();
    };
  }

  #turn(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = () => {
      this.#line.delete(serve);
      reject(signal.reason);
    };
    const serve = () => {
      this.#line.delete(serve);
      signal.removeEventListener("abort", leave);
      resolve();
    };
    this.#line.add(serve);
    signal.addEventListener("abort", leave, { once: true });
    return promise;
  }

  #giveBack(): void {
    const [serveFirst] = this.#line;
    if (serveFirst) serveFirst();
    else this.#available++;
  }
}
