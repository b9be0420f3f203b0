// diagnosis: one-cancels-all, released-twice - every way out of get gives its place up
type Entry<V> = { readonly control: AbortController; work: Promise<V>; users: number };

export class SingleFlight<K, V> {
  #load: (key: K, signal: AbortSignal) => Promise<V>;
  #entries = new Map<K, Entry<V>>();

  constructor(load: (key: K, signal: AbortSignal) => Promise<V>) {
    this.#load = load;
  }

  get inFlight(): number {
    return this.#entries.size;
  }

  async get(key: K, signal: AbortSignal): Promise<V> {
    signal.throwIfAborted();
    const entry = this.#entries.get(key) ?? this.#open(key);
    const gone = Promise.withResolvers<never>();
    const onAbort = () => {
      gone.reject(signal.reason);
      entry.users--;
      if (entry.users === 0) {
        this.#close(key, entry);
        entry.control.abort(signal.reason);
      }
    };
    entry.users++;
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    try {
      return await Promise.race([gone.promise, entry.work]);
    } finally {
      signal.removeEventListener("abort", onAbort);
      if (--entry.users === 0) entry.control.abort();
    }
  }

  #open(key: K): Entry<V> {
    const control = new AbortController();
    const entry = { control, users: 0 } as Entry<V>;
    this.#entries.set(key, entry);
    entry.work = this.#run(key, control.signal, () => this.#close(key, entry));
    entry.work.catch(() => {});
    return entry;
  }

  async #run(key: K, signal: AbortSignal, done: () => void): Promise<V> {
    try {
      return await this.#load(key, signal);
    } finally {
      done();
    }
  }

  #close(key: K, entry: Entry<V>): void {
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }
}
