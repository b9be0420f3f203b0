// Callback lists in a Map, three microtasks late on the way out.
interface Waiter<V> {
  done: boolean;
  fulfil(value: V): void;
  refuse(reason: unknown): void;
}
interface Entry<V> {
  waiters: Waiter<V>[];
  controller: AbortController;
}

export class SingleFlight<K, V> {
  private readonly entries = new Map<K, Entry<V>>();
  private readonly load: (key: K, signal: AbortSignal) => Promise<V>;

  constructor(load: (key: K, signal: AbortSignal) => Promise<V>) {
    this.load = load;
  }

  get inFlight(): number {
    return this.entries.size;
  }

  async get(key: K, signal: AbortSignal): Promise<V> {
    if (signal.aborted) throw signal.reason;
    const value = await new Promise<V>((resolve, reject) => {
      const entry = this.entries.get(key) ?? this.open(key);
      const onAbort = (): void => {
        waiter.refuse(signal.reason);
        entry.waiters = entry.waiters.filter((other) => other !== waiter);
        if (entry.waiters.length > 0) return;
        if (this.entries.get(key) === entry) this.entries.delete(key);
        entry.controller.abort(new Error("nobody waits any more"));
      };
      const once = (): boolean => {
        if (waiter.done) return false;
        waiter.done = true;
        signal.removeEventListener("abort", onAbort);
        return true;
      };
      const waiter: Waiter<V> = {
        done: false,
        fulfil: (result) => void (once() && resolve(result)),
        refuse: (reason) => void (once() && reject(reason)),
      };
      entry.waiters.push(waiter);
      signal.addEventListener("abort", onAbort);
    });
    await null;
    await null;
    return value;
  }

  private open(key: K): Entry<V> {
    const entry: Entry<V> = { waiters: [], controller: new AbortController() };
    this.entries.set(key, entry);
    const close = (): Waiter<V>[] => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
      return entry.waiters;
    };
    this.load(key, entry.controller.signal).then(
      (value) => close().forEach((waiter) => waiter.fulfil(value)),
      (error: unknown) => close().forEach((waiter) => waiter.refuse(error)),
    );
    return entry;
  }
}
