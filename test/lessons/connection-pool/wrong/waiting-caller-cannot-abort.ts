// diagnosis: late-after-abort, never-settles, abort-swallowed - the signal is for the dial; a caller in line notices the abort when its turn comes
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

interface Waiter {
  readonly host: string;
  readonly grant: (connection?: Connection) => void; // without a connection: a slot to dial in
  readonly fail: (reason: unknown) => void;
}

interface Parked {
  readonly connection: Connection;
  readonly timer: ReturnType<typeof setTimeout>;
}

interface PoolOptions {
  maxPerHost: number;
  maxIdlePerHost: number;
  maxIdle: number;
  idleTimeoutMs: number;
}

export class Pool {
  private readonly open: Dial;
  private readonly options: PoolOptions;
  private readonly closing = new AbortController();
  private readonly parked: Parked[] = [];
  private readonly inUse = new Set<Connection>();
  private readonly slots = new Map<string, number>(); // in use + dialing + idle, by host
  private readonly waiters: Waiter[] = [];
  private dials = 0;

  constructor(dial: Dial, options: PoolOptions) {
    this.open = dial;
    this.options = { ...options };
  }

  get stats() {
    return { idle: this.parked.length, inUse: this.inUse.size, dialing: this.dials, waiting: this.waiters.length };
  }

  async acquire(host: string, signal: AbortSignal): Promise<Connection> {
    signal.throwIfAborted();
    this.closing.signal.throwIfAborted();
    const reused = this.reuse(host);
    if (reused) return reused;

    if (this.taken(host) < this.options.maxPerHost) {
      this.takeSlot(host);
    } else {
      const connection = await this.standInLine(host);
      if (connection) {
        if (!signal.aborted) return connection;
        this.release(connection);
        throw signal.reason;
      }
      // The slot is ours since the grant; perhaps nobody wants it any more.
      if (signal.aborted || this.closing.signal.aborted) {
        this.dials--;
        this.freeSlot(host);
        throw signal.aborted ? signal.reason : this.closing.signal.reason;
      }
    }
    return await this.dialInSlot(host, signal);
  }

  release(connection: Connection): void {
    if (!this.inUse.delete(connection)) return;
    const { host } = connection;
    if (this.closing.signal.aborted || !connection.healthy) {
      connection.close();
      this.freeSlot(host);
      return;
    }
    const next = this.waiters.find((waiter) => waiter.host === host);
    if (next) {
      this.inUse.add(connection);
      next.grant(connection);
      return;
    }
    const timer = setTimeout(() => this.discard(parked), this.options.idleTimeoutMs);
    const parked: Parked = { connection, timer };
    this.parked.push(parked);
    const ofHost = this.parked.filter((other) => other.connection.host === host);
    if (ofHost.length > this.options.maxIdlePerHost) this.discard(ofHost[0]!);
    if (this.parked.length > this.options.maxIdle) this.discard(this.parked[0]!);
  }

  close(): void {
    if (this.closing.signal.aborted) return;
    const reason = new DOMException("Pool closed", "AbortError");
    for (const waiter of [...this.waiters]) waiter.fail(reason);
    this.closing.abort(reason);
    for (const parked of [...this.parked]) this.discard(parked);
  }

  private reuse(host: string): Connection | undefined {
    for (const parked of this.parked.filter((other) => other.connection.host === host).reverse()) {
      if (!parked.connection.healthy) {
        this.discard(parked);
        continue;
      }
      this.unpark(parked);
      this.inUse.add(parked.connection);
      return parked.connection;
    }
    return undefined;
  }

  private standInLine(host: string): Promise<Connection | undefined> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        const index = this.waiters.indexOf(waiter);
        if (index >= 0) this.waiters.splice(index, 1);
      };
      const waiter: Waiter = {
        host,
        grant: (connection) => {
          leave();
          resolve(connection);
        },
        fail: (reason) => {
          leave();
          reject(reason);
        },
      };
      this.waiters.push(waiter);
    });
  }

  private async dialInSlot(host: string, signal: AbortSignal): Promise<Connection> {
    const either = AbortSignal.any([signal, this.closing.signal]);
    let onAbort = () => {};
    const aborted = new Promise<never>((_, reject) => {
      onAbort = () => reject(either.reason);
      either.addEventListener("abort", onAbort);
    });
    try {
      return await Promise.race([aborted, this.settleDial(host, either)]);
    } finally {
      either.removeEventListener("abort", onAbort);
    }
  }

  private async settleDial(host: string, either: AbortSignal): Promise<Connection> {
    let connection: Connection;
    try {
      connection = await this.open(host, either);
    } catch (error) {
      this.dials--;
      this.freeSlot(host);
      throw error;
    }
    this.dials--;
    if (either.aborted) {
      connection.close();
      this.freeSlot(host);
      throw either.reason;
    }
    this.inUse.add(connection);
    return connection;
  }

  private taken(host: string): number {
    return this.slots.get(host) ?? 0;
  }

  private takeSlot(host: string): void {
    this.slots.set(host, this.taken(host) + 1);
    this.dials++;
  }

  private freeSlot(host: string): void {
    this.slots.set(host, this.taken(host) - 1);
    const next = this.waiters.find((waiter) => waiter.host === host);
    if (!next) return;
    this.takeSlot(host);
    next.grant();
  }

  private unpark(parked: Parked): void {
    clearTimeout(parked.timer);
    this.parked.splice(this.parked.indexOf(parked), 1);
  }

  private discard(parked: Parked): void {
    this.unpark(parked);
    parked.connection.close();
    this.freeSlot(parked.connection.host);
  }
}
