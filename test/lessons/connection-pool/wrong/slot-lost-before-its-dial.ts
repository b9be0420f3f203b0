// diagnosis: permit-lost - whoever is granted a slot will use it, so nobody needs to give it back for them
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

interface PoolOptions {
  maxPerHost: number;
  maxIdlePerHost: number;
  maxIdle: number;
  idleTimeoutMs: number;
}
interface IdleEntry {
  readonly connection: Connection;
  readonly host: string;
  readonly timer: ReturnType<typeof setTimeout>;
}
/** Someone in line. `handOver(undefined)` means: a slot was reserved for you, dial yourself. */
interface Waiter {
  readonly signal: AbortSignal;
  handOver(connection: Connection | undefined): void;
  refuse(reason: unknown): void;
}

function poolClosed(): DOMException {
  return new DOMException("The pool is closed", "AbortError");
}

export class Pool {
  readonly #dial: Dial;
  readonly #options: PoolOptions;
  readonly #inUse = new Map<Connection, string>();
  readonly #idle: IdleEntry[] = []; // least recently used first
  readonly #reserved = new Map<string, number>(); // slots of dials, by host
  readonly #dials = new Set<AbortController>();
  readonly #lines = new Map<string, Waiter[]>();
  #closed = false;

  constructor(
    dial: Dial,
    options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.#dial = dial;
    this.#options = options;
  }

  get stats(): { readonly idle: number; readonly inUse: number; readonly dialing: number; readonly waiting: number } {
    let dialing = 0;
    for (const count of this.#reserved.values()) dialing += count;
    let waiting = 0;
    for (const line of this.#lines.values()) waiting += line.length;
    return { idle: this.#idle.length, inUse: this.#inUse.size, dialing, waiting };
  }

  async acquire(host: string, signal: AbortSignal): Promise<Connection> {
    if (this.#closed) throw poolClosed();
    if (signal.aborted) throw signal.reason;
    const reused = this.#takeIdle(host);
    if (reused !== undefined) return reused;
    if (this.#line(host).length === 0 && this.#load(host) < this.#options.maxPerHost) {
      this.#reserve(host);
    } else {
      const handed = await this.#wait(host, signal);
      if (handed !== undefined) return handed;
    }
    return await this.#connect(host, signal);
  }

  release(connection: Connection): void {
    const host = this.#inUse.get(connection);
    if (host === undefined) return;
    this.#inUse.delete(connection);
    if (this.#closed || !connection.healthy) {
      connection.close();
      this.#serve(host);
      return;
    }
    const waiter = this.#nextInLine(host);
    if (waiter !== undefined) {
      this.#inUse.set(connection, host);
      waiter.handOver(connection);
      return;
    }
    this.#park(connection, host);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const reason = poolClosed();
    for (const line of this.#lines.values()) {
      for (const waiter of line.splice(0)) waiter.refuse(reason);
    }
    for (const abandon of [...this.#dials]) abandon.abort(reason);
    for (const entry of this.#idle.splice(0)) {
      clearTimeout(entry.timer);
      entry.connection.close();
    }
  }

  /** The slot is reserved already; from here on it is given back exactly once. */
  async #connect(host: string, signal: AbortSignal): Promise<Connection> {
    if (this.#closed || signal.aborted) {
      throw this.#closed ? poolClosed() : signal.reason;
    }
    const abandon = new AbortController();
    this.#dials.add(abandon);
    const onAbort = (): void => {
      if (this.#dials.has(abandon)) abandon.abort(signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    const abandoned = new Promise<never>((_resolve, reject) => {
      abandon.signal.addEventListener("abort", () => reject(abandon.signal.reason), { once: true });
    });
    try {
      return await Promise.race([this.#dialInSlot(host, abandon), abandoned]);
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  async #dialInSlot(host: string, abandon: AbortController): Promise<Connection> {
    let connection: Connection;
    try {
      connection = await this.#dial(host, abandon.signal);
    } catch (error) {
      this.#dials.delete(abandon);
      this.#freeSlot(host);
      throw error;
    }
    this.#dials.delete(abandon);
    if (abandon.signal.aborted) {
      connection.close();
      this.#freeSlot(host);
      throw abandon.signal.reason;
    }
    this.#unreserve(host);
    this.#inUse.set(connection, host);
    return connection;
  }

  #wait(host: string, signal: AbortSignal): Promise<Connection | undefined> {
    return new Promise<Connection | undefined>((resolve, reject) => {
      const line = this.#line(host);
      const onAbort = (): void => {
        const at = line.indexOf(waiter);
        if (at >= 0) line.splice(at, 1);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        signal,
        handOver(connection) {
          signal.removeEventListener("abort", onAbort);
          resolve(connection);
        },
        refuse(reason) {
          signal.removeEventListener("abort", onAbort);
          reject(reason);
        },
      };
      line.push(waiter);
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  #nextInLine(host: string): Waiter | undefined {
    const line = this.#line(host);
    for (;;) {
      const waiter = line.shift();
      if (waiter === undefined || !waiter.signal.aborted) return waiter;
      waiter.refuse(waiter.signal.reason);
    }
  }

  #serve(host: string): void {
    while (this.#load(host) < this.#options.maxPerHost) {
      const waiter = this.#nextInLine(host);
      if (waiter === undefined) return;
      this.#reserve(host);
      waiter.handOver(undefined);
    }
  }

  #freeSlot(host: string): void {
    this.#unreserve(host);
    this.#serve(host);
  }

  #takeIdle(host: string): Connection | undefined {
    for (;;) {
      const at = this.#idle.findLastIndex((entry) => entry.host === host);
      const entry = this.#idle[at];
      if (entry === undefined) return undefined;
      this.#idle.splice(at, 1);
      clearTimeout(entry.timer);
      if (entry.connection.healthy) {
        this.#inUse.set(entry.connection, host);
        return entry.connection;
      }
      entry.connection.close();
    }
  }

  #park(connection: Connection, host: string): void {
    const entry: IdleEntry = {
      connection,
      host,
      timer: setTimeout(() => this.#discard(entry), this.#options.idleTimeoutMs),
    };
    this.#idle.push(entry);
    const ofHost = this.#idle.filter((other) => other.host === host);
    if (ofHost.length > this.#options.maxIdlePerHost) this.#discard(ofHost[0]);
    if (this.#idle.length > this.#options.maxIdle) this.#discard(this.#idle[0]);
  }

  #discard(entry: IdleEntry | undefined): void {
    if (entry === undefined) return;
    const at = this.#idle.indexOf(entry);
    if (at < 0) return;
    this.#idle.splice(at, 1);
    clearTimeout(entry.timer);
    entry.connection.close();
    this.#serve(entry.host);
  }

  #line(host: string): Waiter[] {
    let line = this.#lines.get(host);
    if (line === undefined) {
      line = [];
      this.#lines.set(host, line);
    }
    return line;
  }

  #load(host: string): number {
    let load = this.#reserved.get(host) ?? 0;
    for (const other of this.#inUse.values()) if (other === host) load += 1;
    for (const entry of this.#idle) if (entry.host === host) load += 1;
    return load;
  }

  #reserve(host: string): void {
    this.#reserved.set(host, (this.#reserved.get(host) ?? 0) + 1);
  }

  #unreserve(host: string): void {
    this.#reserved.set(host, (this.#reserved.get(host) ?? 0) - 1);
  }
}
