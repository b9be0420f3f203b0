// style: event targets; a flight is an EventTarget that dispatches "landed"
class Flight<V> extends EventTarget {
  readonly controller = new AbortController();
  result: PromiseSettledResult<V> | undefined;
  passengers = 0;
}

export class SingleFlight<K, V> {
  #load: (key: K, signal: AbortSignal) => Promise<V>;
  #open = new Map<K, Flight<V>>();

  constructor(load: (key: K, signal: AbortSignal) => Promise<V>) {
    this.#load = load;
  }

  get inFlight(): number {
    return this.#open.size;
  }

  get(key: K, signal: AbortSignal): Promise<V> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const flight = this.#open.get(key) ?? this.#take(key);
      flight.passengers++;
      const landed = () => {
        signal.removeEventListener("abort", left);
        const { result } = flight;
        if (result?.status === "fulfilled") resolve(result.value);
        else reject(result?.reason);
      };
      const left = () => {
        signal.removeEventListener("abort", left);
        flight.removeEventListener("landed", landed);
        flight.passengers--;
        if (flight.passengers === 0) {
          this.#close(key, flight);
          flight.controller.abort(signal.reason);
        }
        reject(signal.reason);
      };
      flight.addEventListener("landed", landed);
      signal.addEventListener("abort", left);
    });
  }

  #take(key: K): Flight<V> {
    const flight = new Flight<V>();
    this.#open.set(key, flight);
    void Promise.allSettled([this.#load(key, flight.controller.signal)]).then(([result]) => {
      flight.result = result;
      this.#close(key, flight);
      flight.dispatchEvent(new Event("landed"));
    });
    return flight;
  }

  #close(key: K, flight: Flight<V>): void {
    if (this.#open.get(key) === flight) this.#open.delete(key);
  }
}
