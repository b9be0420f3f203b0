// style: terse, short names, an async get
export class SingleFlight<K, V> {
  #load;
  #m = new Map<K, { n: number; c: AbortController; p: Promise<V> }>();
  constructor(load: (key: K, signal: AbortSignal) => Promise<V>) {
    this.#load = load;
  }
  get inFlight() {
    return this.#m.size;
  }
  async get(key: K, signal: AbortSignal): Promise<V> {
    signal.throwIfAborted();
    let f = this.#m.get(key);
    if (!f) {
      const c = new AbortController();
      f = { n: 0, c, p: (async () => this.#load(key, c.signal))() };
      const mine = f;
      this.#m.set(key, f);
      const end = () => void (this.#m.get(key) === mine && this.#m.delete(key));
      f.p = f.p.then(
        (v) => (end(), v),
        (e) => {
          end();
          throw e;
        },
      );
    }
    const it = f;
    it.n++;
    return await new Promise<V>((ok, no) => {
      const bye = () => {
        no(signal.reason);
        if (--it.n) return;
        if (this.#m.get(key) === it) this.#m.delete(key);
        it.c.abort();
      };
      signal.addEventListener("abort", bye);
      it.p.then(ok, no).then(() => signal.removeEventListener("abort", bye));
    });
  }
}
