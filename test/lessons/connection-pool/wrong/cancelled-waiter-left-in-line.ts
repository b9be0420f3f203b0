// diagnosis: permit-lost, resource-not-released, never-settles - rejecting the promise is all there is to giving up; whatever is granted to it later does no harm
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

const SLOT = Symbol("a slot to dial in");
type Grant = Connection | typeof SLOT;

interface Seat {
  readonly host: string;
  give(grant: Grant): void;
  refuse(reason: unknown): void;
}
interface Spare {
  readonly connection: Connection;
  readonly timer: ReturnType<typeof setTimeout>;
}

function run<T>(steps: Generator<PromiseLike<unknown>, T, any>): Promise<T> {
  return new Promise((resolve, reject) => {
    const step = (move: () => IteratorResult<PromiseLike<unknown>, T>): void => {
      let result: IteratorResult<PromiseLike<unknown>, T>;
      try {
        result = move();
      } catch (error) {
        reject(error);
        return;
      }
      if (result.done) resolve(result.value);
      else
        result.value.then(
          (value) => step(() => steps.next(value)),
          (error) => step(() => steps.throw(error)),
        );
    };
    step(() => steps.next());
  });
}

export class Pool {
  #dial: Dial;
  #options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number };
  #spares = new Set<Spare>(); // in order of their last use
  #used = new Set<Connection>();
  #dialing = new Map<string, number>();
  #seats = new Set<Seat>();
  #stop = new AbortController();

  constructor(
    dial: Dial,
    options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.#dial = dial;
    this.#options = options;
  }

  get stats() {
    let dialing = 0;
    for (const count of this.#dialing.values()) dialing += count;
    return { idle: this.#spares.size, inUse: this.#used.size, dialing, waiting: this.#seats.size };
  }

  acquire(host: string, signal: AbortSignal): Promise<Connection> {
    return run(this.#acquiring(host, signal));
  }

  release(connection: Connection): void {
    if (!this.#used.has(connection)) return;
    this.#used.delete(connection);
    const { host } = connection;
    if (this.#stop.signal.aborted || !connection.healthy) {
      connection.close();
      this.#slotFreed(host);
      return;
    }
    for (const seat of this.#seatsOf(host)) {
      this.#used.add(connection);
      seat.give(connection);
      return;
    }
    const spare: Spare = { connection, timer: setTimeout(() => this.#drop(spare), this.#options.idleTimeoutMs) };
    this.#spares.add(spare);
    for (const surplus of [...this.#surplus(host)]) this.#drop(surplus);
  }

  close(): void {
    if (this.#stop.signal.aborted) return;
    const reason = new DOMException("closed", "AbortError");
    for (const seat of [...this.#seats]) seat.refuse(reason);
    this.#stop.abort(reason);
    for (const spare of [...this.#spares]) this.#drop(spare);
  }

  *#acquiring(host: string, signal: AbortSignal): Generator<PromiseLike<unknown>, Connection, any> {
    if (signal.aborted) throw signal.reason;
    if (this.#stop.signal.aborted) throw this.#stop.signal.reason;

    for (const spare of [...this.#sparesOf(host)].reverse()) {
      if (spare.connection.healthy) {
        this.#take(spare);
        this.#used.add(spare.connection);
        return spare.connection;
      }
      this.#drop(spare);
    }

    if (this.#load(host) < this.#options.maxPerHost) {
      this.#countDial(host, 1);
    } else {
      const grant: Grant = yield this.#seat(host, signal);
      if (grant !== SLOT) return grant;
      if (signal.aborted || this.#stop.signal.aborted) {
        // The slot came just before the end of this call: on to the next.
        this.#countDial(host, -1);
        this.#slotFreed(host);
        throw signal.aborted ? signal.reason : this.#stop.signal.reason;
      }
    }
    return yield this.#connect(host, signal);
  }

  #seat(host: string, signal: AbortSignal): Promise<Grant> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#seats.delete(seat);
        signal.removeEventListener("abort", onAbort);
      };
      const seat: Seat = {
        host,
        give: (grant) => (leave(), resolve(grant)),
        refuse: (reason) => (leave(), reject(reason)),
      };
      const onAbort = () => {
        signal.removeEventListener("abort", onAbort);
        reject(signal.reason);
      };
      signal.addEventListener("abort", onAbort);
      this.#seats.add(seat);
    });
  }

  #connect(host: string, signal: AbortSignal): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const dial = new AbortController();
      let waiting = true;
      const end = () => {
        waiting = false;
        signal.removeEventListener("abort", byCaller);
        this.#stop.signal.removeEventListener("abort", byClose);
      };
      const giveUp = (reason: unknown) => {
        end();
        dial.abort(reason);
        reject(reason);
      };
      const byCaller = () => giveUp(signal.reason);
      const byClose = () => giveUp(this.#stop.signal.reason);
      signal.addEventListener("abort", byCaller);
      this.#stop.signal.addEventListener("abort", byClose);

      this.#dial(host, dial.signal).then(
        (connection) => {
          this.#countDial(host, -1);
          if (waiting) {
            end();
            this.#used.add(connection);
            resolve(connection);
            return;
          }
          connection.close();
          this.#slotFreed(host);
        },
        (error) => {
          this.#countDial(host, -1);
          if (waiting) {
            end();
            reject(error);
          }
          this.#slotFreed(host);
        },
      );
    });
  }

  #slotFreed(host: string): void {
    for (const seat of this.#seatsOf(host)) {
      this.#countDial(host, 1);
      seat.give(SLOT);
      return;
    }
  }

  #load(host: string): number {
    let load = this.#dialing.get(host) ?? 0;
    for (const connection of this.#used) if (connection.host === host) load++;
    for (const _ of this.#sparesOf(host)) load++;
    return load;
  }

  #countDial(host: string, change: 1 | -1): void {
    const count = (this.#dialing.get(host) ?? 0) + change;
    if (count === 0) this.#dialing.delete(host);
    else this.#dialing.set(host, count);
  }

  *#seatsOf(host: string): Generator<Seat, void> {
    for (const seat of this.#seats) if (seat.host === host) yield seat;
  }

  *#sparesOf(host: string): Generator<Spare, void> {
    for (const spare of this.#spares) if (spare.connection.host === host) yield spare;
  }

  *#surplus(host: string): Generator<Spare, void> {
    const ofHost = [...this.#sparesOf(host)];
    const closing = ofHost.slice(0, Math.max(0, ofHost.length - this.#options.maxIdlePerHost));
    yield* closing;
    let total = this.#spares.size - closing.length;
    for (const spare of this.#spares) {
      if (total <= this.#options.maxIdle) return;
      if (closing.includes(spare)) continue;
      total--;
      yield spare;
    }
  }

  #take(spare: Spare): void {
    clearTimeout(spare.timer);
    this.#spares.delete(spare);
  }

  #drop(spare: Spare): void {
    this.#take(spare);
    spare.connection.close();
  }
}
