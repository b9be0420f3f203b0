// diagnosis: reason-replaced, wrong-result - any error will do to say that the pool has been closed
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

type Options = { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number };
type Waiter = {
  readonly start: () => void;
  readonly give: (connection: Connection) => void;
  readonly fail: (reason: unknown) => void;
};
type Host = { readonly name: string; taken: number; idle: Connection[]; readonly waiters: Set<Waiter> };

export class Pool {
  readonly stats: { readonly idle: number; readonly inUse: number; readonly dialing: number; readonly waiting: number };
  readonly #dial: Dial;
  readonly #options: Options;
  readonly #hosts = new Map<string, Host>();
  readonly #used = new Map<Connection, Host>();
  /** Idle since the same length of time or less, from first to last; so the first is always the next to expire. */
  readonly #expiry = new Map<Connection, { readonly host: Host; readonly at: number }>();
  readonly #dialers = new Set<Waiter>();
  readonly #counts = { dialing: 0, waiting: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(dial: Dial, options: Options) {
    this.#dial = dial;
    this.#options = options;
    const counts = this.#counts;
    const used = this.#used;
    const expiry = this.#expiry;
    this.stats = {
      get idle() {
        return expiry.size;
      },
      get inUse() {
        return used.size;
      },
      get dialing() {
        return counts.dialing;
      },
      get waiting() {
        return counts.waiting;
      },
    };
  }

  acquire(host: string, signal: AbortSignal): Promise<Connection> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#closed) return Promise.reject(new DOMException("Closed", "AbortError"));
    const place = this.#host(host);

    for (;;) {
      const newest = place.idle.at(-1);
      if (newest === undefined) break;
      this.#unpark(newest, place);
      if (newest.healthy) {
        this.#used.set(newest, place);
        return Promise.resolve(newest);
      }
      newest.close();
      place.taken--;
    }

    return new Promise<Connection>((resolve, reject) => {
      const dial = new AbortController();
      let phase: "waiting" | "dialing" | "settled" = "waiting";
      const settle = () => {
        if (phase === "waiting") {
          this.#counts.waiting--;
          place.waiters.delete(waiter);
        }
        this.#dialers.delete(waiter);
        phase = "settled";
        signal.removeEventListener("abort", onAbort);
      };
      const waiter: Waiter = {
        give: (connection) => {
          settle();
          this.#used.set(connection, place);
          resolve(connection);
        },
        fail: (reason) => {
          settle();
          dial.abort(reason);
          reject(reason);
        },
        start: () => {
          place.waiters.delete(waiter);
          this.#counts.waiting--;
          this.#counts.dialing++;
          place.taken++;
          phase = "dialing";
          this.#dialers.add(waiter);
          this.#dial(place.name, dial.signal).then(
            (connection) => {
              this.#counts.dialing--;
              if (phase === "dialing") {
                waiter.give(connection);
                return;
              }
              connection.close();
              this.#slotFreed(place);
            },
            (error) => {
              this.#counts.dialing--;
              if (phase === "dialing") waiter.fail(error);
              this.#slotFreed(place);
            },
          );
        },
      };
      const onAbort = () => waiter.fail(signal.reason);
      signal.addEventListener("abort", onAbort);
      place.waiters.add(waiter);
      this.#counts.waiting++;
      if (place.taken < this.#options.maxPerHost) waiter.start();
    });
  }

  release(connection: Connection): void {
    const place = this.#used.get(connection);
    if (place === undefined) return;
    const [waiter] = place.waiters;
    if (this.#closed || !connection.healthy) {
      this.#used.delete(connection);
      connection.close();
      this.#slotFreed(place);
    } else if (waiter !== undefined) {
      waiter.give(connection);
    } else {
      this.#used.delete(connection);
      place.idle.push(connection);
      this.#expiry.set(connection, { host: place, at: performance.now() + this.#options.idleTimeoutMs });
      if (place.idle.length > this.#options.maxIdlePerHost) this.#expire(place.idle[0]!);
      if (this.#expiry.size > this.#options.maxIdle) this.#expire([...this.#expiry.keys()][0]!);
      this.#aim();
    }
  }

  close(): void {
    this.#closed = true;
    for (const connection of [...this.#expiry.keys()]) this.#expire(connection);
    const error = new Error("AbortError: the pool was closed");
    for (const place of this.#hosts.values()) {
      for (const waiter of [...place.waiters]) waiter.fail(error);
    }
    for (const waiter of [...this.#dialers]) waiter.fail(error);
  }

  #host(name: string): Host {
    let place = this.#hosts.get(name);
    if (place === undefined) {
      place = { name, taken: 0, idle: [], waiters: new Set() };
      this.#hosts.set(name, place);
    }
    return place;
  }

  #slotFreed(place: Host): void {
    place.taken--;
    const [waiter] = place.waiters;
    waiter?.start();
  }

  #unpark(connection: Connection, place: Host): void {
    place.idle.splice(place.idle.indexOf(connection), 1);
    this.#expiry.delete(connection);
    this.#aim();
  }

  #expire(connection: Connection): void {
    const { host } = this.#expiry.get(connection)!;
    this.#unpark(connection, host);
    connection.close();
    this.#slotFreed(host);
  }

  /** Aims the timer at the first to expire, or lets it go when nothing is idle. */
  #aim(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const [first] = this.#expiry.values();
    if (first === undefined) return;
    this.#timer = setTimeout(
      () => {
        for (const [connection, { at }] of [...this.#expiry]) {
          if (at - performance.now() < 1) this.#expire(connection);
        }
        this.#aim();
      },
      Math.max(0, first.at - performance.now()),
    );
  }
}
