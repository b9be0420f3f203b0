// diagnosis: late-after-abort - whoever has given up is passed over when a permit comes back, and hears of it then
export class Semaphore {
  #available: number;
  #line: { signal: AbortSignal; grant(): void; refuse(reason: unknown): void }[] = [];

  constructor(permits: number) {
    this.#available = permits;
  }

  get available(): number {
    return this.#available;
  }

  get waiting(): number {
    return this.#line.filter((waiter) => !waiter.signal.aborted).length;
  }

  acquire(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#available > 0) {
      this.#available--;
      return Promise.resolve(this.#permit());
    }
    const { promise, resolve, reject } = Promise.withResolvers<() => void>();
    this.#line.push({ signal, grant: () => resolve(this.#permit()), refuse: reject });
    return promise;
  }

  #permit(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#next();
    };
  }

  #next(): void {
    for (;;) {
      const waiter = this.#line.shift();
      if (waiter === undefined) {
        this.#available++;
        return;
      }
      if (!waiter.signal.aborted) return waiter.grant();
      waiter.refuse(waiter.signal.reason);
    }
  }
}
