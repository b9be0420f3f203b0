// diagnosis: wrong-result, aborted-signal-unchecked - the aborted load takes itself out of the map when it ends
interface Waiter<V> {
  resolve(value: V): void;
  reject(reason: unknown): void;
}

class Flight<V> {
  readonly control = new AbortController();
  readonly waiters = new Set<Waiter<V>>();

  board(signal: AbortSignal, onEmpty: (reason: unknown) => void): Promise<V> {
    return new Promise<V>((resolve, reject) => {
      const onAbort = () => {
        waiter.reject(signal.reason);
        if (this.waiters.size === 0) onEmpty(signal.reason);
      };
      const leave = () => {
        this.waiters.delete(waiter);
        signal.removeEventListener("abort", onAbort);
      };
      const waiter: Waiter<V> = {
        resolve(value) {
          leave();
          resolve(value);
        },
        reject(reason) {
          leave();
          reject(reason);
        },
      };
      this.waiters.add(waiter);
      signal.addEventListener("abort", onAbort);
    });
  }

  land(tell: (waiter: Waiter<V>) => void): void {
    for (const waiter of [...this.waiters]) tell(waiter);
  }
}

export class SingleFlight<K, V> {
  readonly #load: (key: K, signal: AbortSignal) => Promise<V>;
  readonly #flights = new Map<K, Flight<V>>();

  constructor(load: (key: K, signal: AbortSignal) => Promise<V>) {
    this.#load = load;
  }

  get inFlight(): number {
    return this.#flights.size;
  }

  get(key: K, signal: AbortSignal): Promise<V> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const current = this.#flights.get(key);
    const flight = current ?? new Flight<V>();
    const answer = flight.board(signal, (reason) => {
      flight.control.abort(reason);
    });
    if (!current) {
      this.#flights.set(key, flight);
      this.#load(key, flight.control.signal).then(
        (value) => {
          this.#forget(key, flight);
          flight.land((waiter) => waiter.resolve(value));
        },
        (error: unknown) => {
          this.#forget(key, flight);
          flight.land((waiter) => waiter.reject(error));
        },
      );
    }
    return answer;
  }

  #forget(key: K, flight: Flight<V>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
