// diagnosis: unhandled-rejection - a finally that only forgets needs no catch
interface Shared<V> {
  result: Promise<V>;
  callers: number;
  readonly abort: (reason: unknown) => void;
}

export class SingleFlight<K, V> {
  private readonly shared = new Map<K, Shared<V>>();
  private readonly load: (key: K, signal: AbortSignal) => Promise<V>;

  constructor(load: (key: K, signal: AbortSignal) => Promise<V>) {
    this.load = load;
  }

  get inFlight() {
    return this.shared.size;
  }

  get(key: K, signal: AbortSignal): Promise<V> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const flight = this.shared.get(key) ?? this.launch(key);
    flight.callers += 1;
    return new Promise<V>((resolve, reject) => {
      const giveUp = () => {
        signal.removeEventListener("abort", giveUp);
        reject(signal.reason);
        flight.callers -= 1;
        if (flight.callers > 0) return;
        this.drop(key, flight);
        flight.abort(signal.reason);
      };
      signal.addEventListener("abort", giveUp);
      flight.result.finally(() => signal.removeEventListener("abort", giveUp)).then(resolve, reject);
      if (signal.aborted) giveUp();
    });
  }

  private launch(key: K): Shared<V> {
    const control = new AbortController();
    const started = Promise.withResolvers<V>();
    const flight: Shared<V> = {
      result: started.promise,
      callers: 0,
      abort: (reason) => control.abort(reason),
    };
    this.shared.set(key, flight);
    const forget = () => this.drop(key, flight);
    started.promise.finally(forget);
    started.resolve(this.load(key, control.signal));
    return flight;
  }

  private drop(key: K, flight: Shared<V>): void {
    if (this.shared.get(key) === flight) this.shared.delete(key);
  }
}
