// diagnosis: wrong-result - a departure is noted once the promise has rejected
class Membership implements Disposable {
  readonly gone = Promise.withResolvers<never>();
  readonly #signal: AbortSignal;
  readonly #onLeave: (reason: unknown) => void;

  constructor(signal: AbortSignal, onLeave: (reason: unknown) => void) {
    this.#signal = signal;
    this.#onLeave = onLeave;
    signal.addEventListener("abort", this);
  }

  handleEvent(): void {
    this[Symbol.dispose]();
    this.gone.reject(this.#signal.reason);
    this.#onLeave(this.#signal.reason);
  }

  [Symbol.dispose](): void {
    this.#signal.removeEventListener("abort", this);
  }
}

interface Load<V> {
  members: number;
  result: PromiseWithResolvers<V>;
  control: AbortController;
}

export class SingleFlight<K, V> {
  readonly #fn: (key: K, signal: AbortSignal) => Promise<V>;
  readonly #loads = new Map<K, Load<V>>();

  constructor(load: (key: K, signal: AbortSignal) => Promise<V>) {
    this.#fn = load;
  }

  get inFlight(): number {
    return this.#loads.size;
  }

  async get(key: K, signal: AbortSignal): Promise<V> {
    signal.throwIfAborted();
    let load = this.#loads.get(key);
    const isFirst = load === undefined;
    load ??= { members: 0, result: Promise.withResolvers<V>(), control: new AbortController() };
    const joined = load;
    joined.members++;
    using membership = new Membership(signal, (reason) => {
      if (--joined.members === 0) {
        joined.control.abort(reason);
        queueMicrotask(() => this.#delete(key, joined));
      }
    });
    if (isFirst) {
      this.#loads.set(key, joined);
      void this.#perform(key, joined);
    }
    return await Promise.race([joined.result.promise, membership.gone.promise]);
  }

  async #perform(key: K, load: Load<V>): Promise<void> {
    try {
      const value = await this.#fn(key, load.control.signal);
      this.#delete(key, load);
      load.result.resolve(value);
    } catch (error) {
      this.#delete(key, load);
      load.result.reject(error);
    }
  }

  #delete(key: K, load: Load<V>): void {
    if (this.#loads.get(key) === load) this.#loads.delete(key);
  }
}
