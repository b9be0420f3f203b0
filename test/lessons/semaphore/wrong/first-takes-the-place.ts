// diagnosis: order-lost - shift is the cheap way out of an array, so the first moves to where somebody left
type Release = () => void;

interface Waiter {
  readonly signal: AbortSignal;
  grant(): void;
}

export class Semaphore {
  #free: number;
  #line: Waiter[] = [];

  constructor(permits: number) {
    this.#free = permits;
  }

  get available(): number {
    return this.#free;
  }

  get waiting(): number {
    return this.#line.length;
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
      this.#line.push(waiter);
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  #leave(waiter: Waiter): void {
    const place = this.#line.indexOf(waiter);
    if (place < 0) return;
    const first = this.#line.shift();
    if (first !== undefined && first !== waiter) this.#line[place - 1] = first;
  }

  #permit(): Release {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = this.#line.shift();
      if (next === undefined) this.#free++;
      else next.grant();
    };
  }
}
