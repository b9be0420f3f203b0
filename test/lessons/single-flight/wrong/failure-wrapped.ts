// diagnosis: reason-replaced, wrong-result - a shared failure needs to say that it is shared
type Loader<K, V> = (key: K, signal: AbortSignal) => Promise<V>;
interface Flight<V> {
  join(signal: AbortSignal): Promise<V>;
}

const createFlight = <V>(start: (signal: AbortSignal) => Promise<V>, onClosed: () => void): [Flight<V>, () => void] => {
  const control = new AbortController();
  const outcome = Promise.withResolvers<V>();
  outcome.promise.catch(() => {});
  let passengers = 0;

  const join = (signal: AbortSignal): Promise<V> => {
    passengers += 1;
    let onAbort = () => {};
    const left = new Promise<never>((_, reject) => {
      onAbort = () => {
        reject(signal.reason);
        passengers -= 1;
        if (passengers > 0) return;
        onClosed();
        control.abort(signal.reason);
      };
    });
    signal.addEventListener("abort", onAbort, { once: true });
    return Promise.race([outcome.promise, left]).finally(() => signal.removeEventListener("abort", onAbort));
  };

  const takeOff = () => {
    start(control.signal).then(
      (value) => {
        onClosed();
        outcome.resolve(value);
      },
      (error: unknown) => {
        onClosed();
        outcome.reject(new Error("the shared load has failed", { cause: error }));
      },
    );
  };

  return [{ join }, takeOff];
};

const createGroup = <K, V>(load: Loader<K, V>) => {
  const flights = new Map<K, Flight<V>>();
  return {
    size: () => flights.size,
    get: (key: K, signal: AbortSignal): Promise<V> => {
      if (signal.aborted) return Promise.reject(signal.reason);
      const known = flights.get(key);
      if (known) return known.join(signal);
      const [flight, takeOff] = createFlight<V>(
        (own) => load(key, own),
        () => {
          if (flights.get(key) === flight) flights.delete(key);
        },
      );
      flights.set(key, flight);
      const answer = flight.join(signal);
      takeOff();
      return answer;
    },
  };
};

export class SingleFlight<K, V> {
  #group: ReturnType<typeof createGroup<K, V>>;
  constructor(load: Loader<K, V>) {
    this.#group = createGroup<K, V>(load);
  }
  get(key: K, signal: AbortSignal): Promise<V> {
    return this.#group.get(key, signal);
  }
  get inFlight(): number {
    return this.#group.size();
  }
}
