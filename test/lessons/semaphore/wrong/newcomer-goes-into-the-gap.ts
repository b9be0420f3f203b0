// diagnosis: order-lost - a gap in the line is filled by the next who comes
type Release = () => void;

interface Waiter {
  readonly signal: AbortSignal;
  grant(): void;
}

export class Semaphore {
  #free: number;
  readonly #line: (Waiter | undefined)[] = [];

  constructor(permits: number) {
    this.#free = permits;
  }

  get available(): number {
    return this.#free;
  }

  get waiting(): number {
    return this.#line.filter(Boolean).length;
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
      const gap = this.#line.indexOf(undefined);
      if (gap >= 0) this.#line[gap] = waiter;
      else this.#line.push(waiter);
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  #leave(waiter: Waiter): void {
    const place = this.#line.indexOf(waiter);
    if (place >= 0) this.#line[place] = undefined;
  }

  #permit(): Release {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      let next = this.#line.shift();
      while (next === undefined && this.#line.length > 0) next = this.#line.shift();
      if (next === undefined) this.#free++;
      else next.grant();
    };
  }
}
