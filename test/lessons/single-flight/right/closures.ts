// style: functional, closures; a set of leave functions instead of a count
type Settle<V> = { resolve: (value: V) => void; reject: (reason: unknown) => void };

function takeOff<V>(load: (signal: AbortSignal) => Promise<V>, over: () => void) {
  const waiting = new Set<Settle<V>>();
  const stop = new AbortController();
  let aloft = true;
  const land = (tell: (who: Settle<V>) => void) => {
    if (!aloft) return;
    aloft = false;
    over();
    for (const who of waiting) tell(who);
  };
  load(stop.signal).then(
    (value) => land(({ resolve }) => resolve(value)),
    (error) => land(({ reject }) => reject(error)),
  );
  return (who: Settle<V>) => {
    waiting.add(who);
    return (reason: unknown) => {
      waiting.delete(who);
      who.reject(reason);
      if (aloft && waiting.size === 0) {
        aloft = false;
        over();
        stop.abort(reason);
      }
    };
  };
}

export class SingleFlight<K, V> {
  readonly #boards = new Map<K, ReturnType<typeof takeOff<V>>>();
  readonly #load: (key: K, signal: AbortSignal) => Promise<V>;

  constructor(load: (key: K, signal: AbortSignal) => Promise<V>) {
    this.#load = load;
  }

  get inFlight(): number {
    return this.#boards.size;
  }

  get(key: K, signal: AbortSignal): Promise<V> {
    if (signal.aborted) return Promise.reject(signal.reason);
    let board = this.#boards.get(key);
    if (board === undefined) {
      board = takeOff<V>(
        (stop) => this.#load(key, stop),
        () => this.#boards.delete(key),
      );
      this.#boards.set(key, board);
    }
    const { promise, resolve, reject } = Promise.withResolvers<V>();
    const off = () => signal.removeEventListener("abort", onAbort);
    const leave = board({
      resolve: (value) => (off(), resolve(value)),
      reject: (reason) => (off(), reject(reason)),
    });
    const onAbort = () => leave(signal.reason);
    signal.addEventListener("abort", onAbort);
    return promise;
  }
}
