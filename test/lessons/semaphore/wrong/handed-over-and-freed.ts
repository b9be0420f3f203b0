// diagnosis: limit-exceeded, released-twice - a release both frees the permit and hands it to the next in line
interface Waiter {
  grant(): void;
}

export class Semaphore {
  #free: number;
  #queue: Waiter[] = [];

  constructor(permits: number) {
    this.#free = permits;
  }

  get available(): number {
    return this.#free;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  acquire(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve(this.#releaser());
    }
    const { promise, resolve, reject } = Promise.withResolvers<() => void>();
    const onAbort = () => {
      this.#queue.splice(this.#queue.indexOf(waiter), 1);
      reject(signal.reason);
    };
    const waiter: Waiter = {
      grant: () => {
        signal.removeEventListener("abort", onAbort);
        resolve(this.#releaser());
      },
    };
    signal.addEventListener("abort", onAbort, { once: true });
    this.#queue.push(waiter);
    return promise;
  }

  #releaser(): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = this.#queue.shift();
      this.#free++;
      next?.grant();
    };
  }
}
