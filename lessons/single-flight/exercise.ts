/**
 * Lets callers who want the same thing at the same time share one load.
 *
 * - A `get` joins the load of its key that is in flight, or else starts one. Value or failure reaches everybody who waits.
 * - A caller's abort rejects that caller alone. When nobody waits any more, the load's signal aborts.
 * - Nothing is remembered: once a load has settled, or was given up, the next `get` starts a new one.
 */
export class SingleFlight<K, V> {
  readonly #load: (key: K, signal: AbortSignal) => Promise<V>;

  constructor(load: (key: K, signal: AbortSignal) => Promise<V>) {
    this.#load = load;
  }

  /** Rejects with `signal.reason` in the instant in which the signal aborts. An aborted signal starts and joins nothing. */
  async get(key: K, signal: AbortSignal): Promise<V> {
    // Begin here. Every caller has a load of its own in this version. How do they find each other?
    return this.#load(key, signal);
  }

  /** How many loads there are that a `get` could join. */
  get inFlight(): number {
    return 0;
  }
}
