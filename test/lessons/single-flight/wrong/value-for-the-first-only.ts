// diagnosis: never-settles - the first one passes the value on
type Load<K, V> = (key: K, signal: AbortSignal) => Promise<V>;
type Seat<V> = { follower: AbortSignal; resolve: (value: V) => void; reject: (reason: unknown) => void };

export class SingleFlight<K, V> {
  readonly #load: Load<K, V>;
  readonly #open = new Map<K, Seat<V>[]>();

  constructor(load: Load<K, V>) {
    this.#load = load;
  }

  get inFlight() {
    return this.#open.size;
  }

  get(key: K, signal: AbortSignal): Promise<V> {
    const { promise, resolve, reject } = Promise.withResolvers<V>();
    if (signal.aborted) {
      reject(signal.reason);
      return promise;
    }
    const seat: Seat<V> = { follower: AbortSignal.any([signal]), resolve, reject };
    const running = this.#open.get(key);
    if (running) this.#sit(running, seat);
    else this.#begin(key, seat);
    return promise;
  }

  readonly #empty = new WeakMap<Seat<V>[], (reason: unknown) => void>();

  #sit(seats: Seat<V>[], seat: Seat<V>): void {
    seats.push(seat);
    seat.follower.onabort = () => {
      seat.follower.onabort = null;
      seats.splice(seats.indexOf(seat), 1);
      seat.reject(seat.follower.reason);
      if (seats.length === 0) this.#empty.get(seats)?.(seat.follower.reason);
    };
  }

  #begin(key: K, first: Seat<V>): void {
    const seats: Seat<V>[] = [];
    const control = new AbortController();
    const close = () => {
      if (this.#open.get(key) === seats) this.#open.delete(key);
    };
    const settle = (tell: (seat: Seat<V>) => void) => {
      close();
      for (const [index, seat] of seats.splice(0).entries()) {
        seat.follower.onabort = null;
        if (index === 0) tell(seat);
      }
    };
    this.#empty.set(seats, (reason) => {
      close();
      control.abort(reason);
    });
    this.#open.set(key, seats);
    this.#sit(seats, first);
    this.#load(key, control.signal).then(
      (value) => settle((seat) => seat.resolve(value)),
      (error: unknown) => settle((seat) => seat.reject(error)),
    );
  }
}
