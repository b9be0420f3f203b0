// diagnosis: order-lost - the last in line can fill the gap of the one who leaves: no need to move all the others
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
    const last = this.#line.pop();
    if (last !== undefined && last !== waiter) this.#line[place] = last;
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
