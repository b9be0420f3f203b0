// diagnosis: never-settles, limit-exceeded, order-lost - more than a hundred never wait
type Release = () => void;

interface Waiter {
  readonly signal: AbortSignal;
  grant(): void;
}

export class Semaphore {
  #free: number;
  readonly #line = new Set<Waiter>();
  readonly #ring = new Array<Waiter | undefined>(100);
  #next = 0;
  #end = 0;

  constructor(permits: number) {
    this.#free = permits;
  }

  get available(): number {
    return this.#free;
  }

  get waiting(): number {
    return this.#line.size;
  }

  acquire(signal: AbortSignal): Promise<Release> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve(this.#permit());
    }
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#leave(waiter);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        signal,
        grant: () => {
          signal.removeEventListener("abort", onAbort);
          resolve(this.#permit());
        },
      };
      this.#line.add(waiter);
      this.#ring[this.#end++ % 100] = waiter;
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  #leave(waiter: Waiter): void {
    this.#line.delete(waiter);
  }

  #permit(): Release {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      let next: Waiter | undefined;
      while (next === undefined && this.#next < this.#end) {
        const candidate = this.#ring[this.#next++ % 100];
        if (candidate !== undefined && this.#line.delete(candidate)) next = candidate;
      }
      if (next === undefined) this.#free++;
      else next.grant();
    };
  }
}
