// diagnosis: aborted-signal-unchecked, abort-swallowed - whoever joins a load costs nothing, so its signal is not looked at
export class SingleFlight<K, V> {
  #load;
  #live = new Map<K, { n: number; c: AbortController; p: Promise<V> }>();

  constructor(load: (key: K, signal: AbortSignal) => Promise<V>) {
    this.#load = load;
  }
  get inFlight() {
    return this.#live.size;
  }

  get(key: K, signal: AbortSignal): Promise<V> {
    let f = this.#live.get(key);
    if (signal.aborted && !f) return Promise.reject(signal.reason);
    if (!f) {
      const c = new AbortController();
      const { promise: p, resolve } = Promise.withResolvers<V>();
      const mine = (f = { n: 0, c, p });
      const over = () => this.#live.get(key) === mine && this.#live.delete(key);
      p.then(over, over);
      this.#live.set(key, mine);
      queueMicrotask(() =>
        c.signal.aborted ? resolve(Promise.reject(c.signal.reason)) : resolve(this.#load(key, c.signal)),
      );
    }
    const flight = f;
    flight.n++;
    const { promise, resolve, reject } = Promise.withResolvers<V>();
    const quit = () => {
      reject(signal.reason);
      if (--flight.n) return;
      if (this.#live.get(key) === flight) this.#live.delete(key);
      flight.c.abort(signal.reason);
    };
    signal.addEventListener("abort", quit, { once: true });
    const off = () => signal.removeEventListener("abort", quit);
    flight.p.then(
      (v) => (off(), resolve(v)),
      (e) => (off(), reject(e)),
    );
    return promise;
  }
}
