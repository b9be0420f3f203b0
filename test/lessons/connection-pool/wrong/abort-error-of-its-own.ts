// diagnosis: reason-replaced - an aborted acquire rejects with an AbortError that says so
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

interface Order {
  readonly signal: AbortSignal;
  readonly result: PromiseWithResolvers<Connection>;
  readonly abort: AbortController;
  cancel(reason: unknown): void;
  done(): void;
  open: boolean;
}

class Parked {
  readonly connection: Connection;
  readonly since: number;
  readonly #timer: ReturnType<typeof setTimeout>;

  constructor(connection: Connection, since: number, timeoutMs: number, onExpiry: () => void) {
    this.connection = connection;
    this.since = since;
    this.#timer = setTimeout(onExpiry, timeoutMs);
  }

  stopTimer(): void {
    clearTimeout(this.#timer);
  }
}

class Lane {
  readonly host: string;
  readonly #dial: Dial;
  readonly #maxPerHost: number;
  readonly busy = new Set<Connection>();
  readonly parked: Parked[] = [];
  readonly dials = new Set<Order>();
  readonly queue: Order[] = [];

  constructor(host: string, dial: Dial, maxPerHost: number) {
    this.host = host;
    this.#dial = dial;
    this.#maxPerHost = maxPerHost;
  }

  get size(): number {
    return this.busy.size + this.parked.length + this.dials.size;
  }

  order(signal: AbortSignal): Promise<Connection> {
    const result = Promise.withResolvers<Connection>();
    const abort = new AbortController();
    const onAbort = () => order.cancel(new DOMException("acquire was aborted", "AbortError"));
    const order: Order = {
      signal,
      result,
      abort,
      open: true,
      done: () => {
        order.open = false;
        signal.removeEventListener("abort", onAbort);
      },
      cancel: (reason) => {
        if (!order.open) return;
        order.done();
        const place = this.queue.indexOf(order);
        if (place !== -1) this.queue.splice(place, 1);
        result.reject(reason);
        abort.abort(reason);
      },
    };
    signal.addEventListener("abort", onAbort);
    this.queue.push(order);
    this.pump();
    return result.promise;
  }

  /** Gives free slots to those in line, the first one first. */
  pump(): void {
    while (this.queue.length > 0 && this.size < this.#maxPerHost) void this.#connect(this.queue.shift()!);
  }

  /** Gives a healthy connection to the first in line, if there is one. */
  handOver(connection: Connection): boolean {
    const order = this.queue.shift();
    if (order === undefined) return false;
    this.#deliver(order, connection);
    return true;
  }

  #deliver(order: Order, connection: Connection): void {
    this.busy.add(connection);
    order.done();
    order.result.resolve(connection);
  }

  async #connect(order: Order): Promise<void> {
    this.dials.add(order);
    try {
      const connection = await this.#dial(this.host, order.abort.signal);
      this.dials.delete(order);
      if (order.open) this.#deliver(order, connection);
      else connection.close();
    } catch (error) {
      this.dials.delete(order);
      if (order.open) {
        order.done();
        order.result.reject(error);
      }
    }
    this.pump();
  }
}

export class Pool {
  readonly #dial: Dial;
  readonly #options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number };
  readonly #lanes = new Map<string, Lane>();
  #ticks = 0;
  #closed: DOMException | undefined;

  constructor(
    dial: Dial,
    options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.#dial = dial;
    this.#options = options;
  }

  get stats() {
    const stats = { idle: 0, inUse: 0, dialing: 0, waiting: 0 };
    for (const lane of this.#lanes.values()) {
      stats.idle += lane.parked.length;
      stats.inUse += lane.busy.size;
      stats.dialing += lane.dials.size;
      stats.waiting += lane.queue.length;
    }
    return stats;
  }

  async acquire(host: string, signal: AbortSignal): Promise<Connection> {
    if (this.#closed) throw this.#closed;
    signal.throwIfAborted();
    let lane = this.#lanes.get(host);
    if (!lane) {
      lane = new Lane(host, this.#dial, this.#options.maxPerHost);
      this.#lanes.set(host, lane);
    }
    let newest: Parked | undefined;
    while ((newest = lane.parked.pop()) !== undefined) {
      newest.stopTimer();
      if (newest.connection.healthy) {
        lane.busy.add(newest.connection);
        return newest.connection;
      }
      newest.connection.close();
    }
    return lane.order(signal);
  }

  release(connection: Connection): void {
    const lane = this.#lanes.get(connection.host);
    if (!lane?.busy.delete(connection)) return;
    if (this.#closed || !connection.healthy) {
      connection.close();
      lane.pump();
    } else if (!lane.handOver(connection)) {
      this.#park(lane, connection);
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = new DOMException("connection pool closed", "AbortError");
    for (const lane of this.#lanes.values()) {
      for (const parked of [...lane.parked]) this.#evict(lane, parked);
      for (const order of [...lane.queue, ...lane.dials]) order.cancel(this.#closed);
    }
  }

  #park(lane: Lane, connection: Connection): void {
    const parked = new Parked(connection, this.#ticks++, this.#options.idleTimeoutMs, () => this.#evict(lane, parked));
    lane.parked.push(parked);
    if (lane.parked.length > this.#options.maxIdlePerHost) this.#evict(lane, lane.parked[0]!);
    if (this.stats.idle > this.#options.maxIdle) {
      let oldest = lane;
      for (const other of this.#lanes.values()) {
        if (other.parked.length > 0 && other.parked[0]!.since < oldest.parked[0]!.since) oldest = other;
      }
      this.#evict(oldest, oldest.parked[0]!);
    }
  }

  #evict(lane: Lane, parked: Parked): void {
    parked.stopTimer();
    lane.parked.splice(lane.parked.indexOf(parked), 1);
    parked.connection.close();
  }
}
