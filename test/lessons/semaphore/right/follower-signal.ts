// style: follows the caller through AbortSignal.any, so nothing is ever added to the caller's signal
type Entry = { readonly grant: () => void };

export class Semaphore {
  #permits: number;
  #entries: Entry[] = [];

  constructor(permits: number) {
    this.#permits = permits;
  }

  get available() {
    return this.#permits;
  }

  get waiting() {
    return this.#entries.length;
  }

  acquire(signal: AbortSignal): Promise<() => void> {
    const { promise, resolve, reject } = Promise.withResolvers<() => void>();
    if (signal.aborted) {
      reject(signal.reason);
    } else if (this.#permits > 0) {
      this.#permits--;
      resolve(this.#release());
    } else {
      const follower = AbortSignal.any([signal]);
      const entry: Entry = {
        grant: () => {
          follower.onabort = null;
          resolve(this.#release());
        },
      };
      follower.onabort = () => {
        this.#entries = this.#entries.filter((other) => other !== entry);
        reject(signal.reason);
      };
      this.#entries.push(entry);
    }
    return promise;
  }

  #release() {
    let done = false;
    return () => {
      if (done) return;
      done = true;
      const entry = this.#entries.shift();
      if (entry === undefined) this.#permits++;
      else entry.grant();
    };
  }
}
