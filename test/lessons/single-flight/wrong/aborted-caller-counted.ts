// diagnosis: aborted-signal-unchecked, work-still-running - an aborted caller is rejected, where it stands in the count does not matter
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
    const known = this.shared.get(key);
    if (known) known.callers += 1;
    if (signal.aborted) return Promise.reject(signal.reason);
    const flight = known ?? this.launch(key);
    if (!known) flight.callers += 1;
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
    started.promise.then(forget, forget);
    started.resolve(this.load(key, control.signal));
    return flight;
  }

  private drop(key: K, flight: Shared<V>): void {
    if (this.shared.get(key) === flight) this.shared.delete(key);
  }
}
