// style: promise chains over per-host records with explicit counters
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

interface Parked {
  readonly connection: Connection;
  readonly lane: Lane;
  readonly timer: ReturnType<typeof setTimeout>;
}

interface Waiter {
  readonly signal: AbortSignal;
  take(connection: Connection): void;
  dial(): void;
  drop(reason: unknown): void;
}

interface Lane {
  readonly host: string;
  taken: number; // in use + dialing + idle
  readonly parked: Parked[]; // the most recently used at the end
  readonly waiters: Waiter[];
}

export class Pool {
  private readonly lanes = new Map<string, Lane>();
  private readonly lent = new Map<Connection, Lane>();
  private readonly parked: Parked[] = []; // of all hosts, the least recently used first
  private readonly undoDial = new Set<(reason: unknown) => void>();
  private dialingCount = 0;
  private closed = false;
  private readonly dial: Dial;
  private readonly options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number };

  constructor(
    dial: Dial,
    options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.dial = dial;
    this.options = { ...options };
  }

  get stats(): { readonly idle: number; readonly inUse: number; readonly dialing: number; readonly waiting: number } {
    let waiting = 0;
    this.lanes.forEach((lane) => (waiting += lane.waiters.length));
    return { idle: this.parked.length, inUse: this.lent.size, dialing: this.dialingCount, waiting };
  }

  acquire(host: string, signal: AbortSignal): Promise<Connection> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.closed) return Promise.reject(this.closedError());

    let lane = this.lanes.get(host);
    if (lane === undefined) {
      lane = { host, taken: 0, parked: [], waiters: [] };
      this.lanes.set(host, lane);
    }

    for (let last = lane.parked.at(-1); last !== undefined; last = lane.parked.at(-1)) {
      this.unpark(last);
      if (last.connection.healthy) {
        this.lent.set(last.connection, lane);
        return Promise.resolve(last.connection);
      }
      last.connection.close();
      lane.taken--;
    }

    if (lane.taken < this.options.maxPerHost) return this.startDial(lane, signal);
    return this.joinLine(lane, signal);
  }

  release(connection: Connection): void {
    const lane = this.lent.get(connection);
    if (lane === undefined) return;

    if (this.closed || !connection.healthy) {
      this.lent.delete(connection);
      connection.close();
      this.freeSlot(lane);
      return;
    }

    const next = this.nextWaiter(lane);
    if (next !== undefined) {
      next.take(connection); // it stays lent, only the borrower changes
      return;
    }

    this.lent.delete(connection);
    const entry: Parked = {
      connection,
      lane,
      timer: setTimeout(() => this.evict(entry), this.options.idleTimeoutMs),
    };
    lane.parked.push(entry);
    this.parked.push(entry);
    const { maxIdlePerHost, maxIdle } = this.options;
    if (lane.parked.length > maxIdlePerHost) this.evict(lane.parked[0]);
    if (this.parked.length > maxIdle) this.evict(this.parked[0]);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    while (this.parked.length > 0) this.evict(this.parked[0]);
    for (const lane of this.lanes.values()) {
      for (const waiter of lane.waiters.splice(0)) waiter.drop(this.closedError());
    }
    for (const undo of [...this.undoDial]) undo(this.closedError());
  }

  private startDial(lane: Lane, signal: AbortSignal): Promise<Connection> {
    lane.taken++;
    this.dialingCount++;
    const controller = new AbortController();
    let forget = (): void => undefined;

    const cancelled = new Promise<never>((_, reject) => {
      const undo = (reason: unknown): void => {
        stopListening();
        reject(reason);
        controller.abort(reason);
      };
      const onAbort = (): void => undo(signal.reason);
      const stopListening = (): void => {
        this.undoDial.delete(undo);
        signal.removeEventListener("abort", onAbort);
      };
      signal.addEventListener("abort", onAbort);
      this.undoDial.add(undo);
      forget = stopListening;
    });
    const settled = (): boolean => {
      this.dialingCount--;
      if (signal.aborted) controller.abort(signal.reason);
      forget();
      return controller.signal.aborted;
    };

    const dialed = new Promise<Connection>((resolve) => resolve(this.dial(lane.host, controller.signal))).then(
      (connection) => {
        if (settled()) {
          connection.close();
          this.freeSlot(lane);
          throw controller.signal.reason;
        }
        this.lent.set(connection, lane);
        return connection;
      },
      (error: unknown) => {
        const abandoned = settled();
        this.freeSlot(lane);
        throw abandoned ? controller.signal.reason : error;
      },
    );
    return Promise.race([dialed, cancelled]);
  }

  private joinLine(lane: Lane, signal: AbortSignal): Promise<Connection> {
    return new Promise<Connection>((resolve, reject) => {
      const onAbort = (): void => {
        const at = lane.waiters.indexOf(waiter);
        if (at >= 0) lane.waiters.splice(at, 1);
        waiter.drop(signal.reason);
      };
      const leave = (): void => signal.removeEventListener("abort", onAbort);
      const waiter: Waiter = {
        signal,
        take: (connection) => {
          leave();
          resolve(connection);
        },
        dial: () => {
          leave();
          resolve(this.startDial(lane, signal));
        },
        drop: (reason) => {
          leave();
          reject(reason);
        },
      };
      signal.addEventListener("abort", onAbort);
      lane.waiters.push(waiter);
    });
  }

  private nextWaiter(lane: Lane): Waiter | undefined {
    for (;;) {
      const waiter = lane.waiters.shift();
      if (waiter === undefined || !waiter.signal.aborted) return waiter;
      waiter.drop(waiter.signal.reason); // its own listener has not run yet
    }
  }

  private freeSlot(lane: Lane): void {
    lane.taken--;
    const next = this.nextWaiter(lane);
    if (next !== undefined) next.dial();
  }

  private evict(entry: Parked | undefined): void {
    if (entry === undefined || !this.unpark(entry)) return;
    entry.lane.taken--;
    entry.connection.close();
  }

  private unpark(entry: Parked): boolean {
    const at = this.parked.indexOf(entry);
    if (at < 0) return false;
    clearTimeout(entry.timer);
    this.parked.splice(at, 1);
    entry.lane.parked.splice(entry.lane.parked.indexOf(entry), 1);
    return true;
  }

  private closedError(): DOMException {
    return new DOMException("pool closed", "AbortError");
  }
}
