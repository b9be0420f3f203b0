// diagnosis: late-after-abort, never-settles - nothing can happen between the call and the next microtask
/** One load, and how many wait for it. */
interface Flight<V> {
  readonly answer: Promise<V>;
  readonly controller: AbortController;
  callers: number;
}

export class SingleFlight<K, V> {
  readonly #load: (key: K, signal: AbortSignal) => Promise<V>;
  /** Only flights that may still be joined. */
  readonly #flights = new Map<K, Flight<V>>();

  constructor(load: (key: K, signal: AbortSignal) => Promise<V>) {
    this.#load = load;
  }

  get inFlight(): number {
    return this.#flights.size;
  }

  get(key: K, signal: AbortSignal): Promise<V> {
    // Asked before anything else: who has left already must neither start a load nor count as somebody who waits for one.
    if (signal.aborted) return Promise.reject(signal.reason);

    // Nothing else can run between this look and the new entry, so two callers never start a load each.
    const flight = this.#flights.get(key) ?? this.#start(key);
    flight.callers++;

    return Promise.resolve().then(
      () =>
        new Promise((resolve, reject) => {
          const leave = (): void => {
            reject(signal.reason);
            if (--flight.callers === 0) this.#giveUp(key, flight);
          };
          signal.addEventListener("abort", leave);
          // Each caller listens to the flight, so its failure is always heard, also when all of them have left.
          flight.answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
        }),
    );
  }

  #start(key: K): Flight<V> {
    // The load belongs to all who will wait for it, so it cannot have the signal of the one who happens to be first.
    const controller = new AbortController();
    const flight: Flight<V> = {
      // Callers wait for what `finally` returns. When they hear of the end, the flight has been forgotten.
      answer: this.#load(key, controller.signal).finally(() => this.#forget(key, flight)),
      controller,
      callers: 0,
    };
    this.#flights.set(key, flight);
    return flight;
  }

  #giveUp(key: K, flight: Flight<V>): void {
    // First forget, then abort: whoever asks from now on, be it a listener to this very abort, must not join it.
    this.#forget(key, flight);
    flight.controller.abort();
  }

  /** A load that was given up may settle when its key has a new flight already, which is none of its business. */
  #forget(key: K, flight: Flight<V>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
