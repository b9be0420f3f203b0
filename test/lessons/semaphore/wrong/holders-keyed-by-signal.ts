// diagnosis: limit-exceeded - one signal stands for one holder
type Release = () => void;

interface Waiter {
  readonly signal: AbortSignal;
  grant(): void;
}

export class Semaphore {
  readonly #permits: number;
  readonly #holders = new Set<AbortSignal>();
  #line: Waiter[] = [];

  constructor(permits: number) {
    this.#permits = permits;
  }

  get available(): number {
    return this.#permits - this.#holders.size;
  }

  get waiting(): number {
    return this.#line.length;
  }

  acquire(signal: AbortSignal): Promise<Release> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.available > 0) {
      return Promise.resolve(this.#permit(signal));
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
          resolve(this.#permit(signal));
        },
      };
      this.#line.push(waiter);
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  #leave(waiter: Waiter): void {
    const place = this.#line.indexOf(waiter);
    if (place >= 0) this.#line.splice(place, 1);
  }

  #permit(signal: AbortSignal): Release {
    this.#holders.add(signal);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holders.delete(signal);
      this.#line.shift()?.grant();
    };
  }
}
