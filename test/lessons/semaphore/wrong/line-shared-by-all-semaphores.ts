// diagnosis: never-settles, wrong-result, order-lost - there is only one semaphore in a program
type Release = () => void;

interface Waiter {
  readonly signal: AbortSignal;
  grant(): void;
}

const line: Waiter[] = [];

export class Semaphore {
  #free: number;

  constructor(permits: number) {
    this.#free = permits;
  }

  get available(): number {
    return this.#free;
  }

  get waiting(): number {
    return line.length;
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
      line.push(waiter);
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  #leave(waiter: Waiter): void {
    const place = line.indexOf(waiter);
    if (place >= 0) line.splice(place, 1);
  }

  #permit(): Release {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = line.shift();
      if (next === undefined) this.#free++;
      else next.grant();
    };
  }
}
