// style: after the request coalescer of an RPC client: a race of the shared promise and an abort promise, async/await
interface Coalesced<V> {
  shared: Promise<V>;
  abort: AbortController;
  consumers: number;
}

export class SingleFlight<K, V> {
  readonly #load: (key: K, signal: AbortSignal) => Promise<V>;
  readonly #byKey = new Map<K, Coalesced<V>>();

  constructor(load: (key: K, signal: AbortSignal) => Promise<V>) {
    this.#load = load;
  }

  get inFlight() {
    return this.#byKey.size;
  }

  async get(key: K, signal: AbortSignal): Promise<V> {
    signal.throwIfAborted();
    let request = this.#byKey.get(key);
    if (!request) {
      const abort = new AbortController();
      const made: Coalesced<V> = { abort, consumers: 0, shared: this.#run(key, abort.signal, () => made) };
      made.shared.catch(() => {});
      this.#byKey.set(key, made);
      request = made;
    }
    const joined = request;
    joined.consumers++;
    let onAbort!: () => void;
    const aborted = new Promise<never>((_, reject) => {
      onAbort = () => {
        joined.consumers--;
        if (joined.consumers === 0) {
          this.#drop(key, joined);
          joined.abort.abort();
        }
        reject(signal.reason);
      };
    });
    signal.addEventListener("abort", onAbort);
    try {
      return await Promise.race([joined.shared, aborted]);
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  async #run(key: K, signal: AbortSignal, self: () => Coalesced<V>): Promise<V> {
    try {
      return await this.#load(key, signal);
    } finally {
      this.#drop(key, self());
    }
  }

  #drop(key: K, request: Coalesced<V>): void {
    if (this.#byKey.get(key) === request) this.#byKey.delete(key);
  }
}
