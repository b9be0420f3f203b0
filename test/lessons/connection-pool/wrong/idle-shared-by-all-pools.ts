// diagnosis: wrong-result, unhealthy-reused - a connection is a connection
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

/** An `acquire` that has no answer yet. It stands in line, or its dial is under way. */
class Caller {
  readonly host: string;
  readonly #signal: AbortSignal;
  readonly #onAbort: () => void;
  readonly #dial = new AbortController();
  readonly #answer = Promise.withResolvers<Connection>();
  #answered = false;

  constructor(host: string, signal: AbortSignal, leaveLine: () => void) {
    this.host = host;
    this.#signal = signal;
    this.#onAbort = () => {
      leaveLine();
      this.giveUp(signal.reason);
    };
    signal.addEventListener("abort", this.#onAbort);
  }

  get promise(): Promise<Connection> {
    return this.#answer.promise;
  }

  get dialSignal(): AbortSignal {
    return this.#dial.signal;
  }

  /**
   * Whether a connection is still welcome. This asks the signal as well, because somebody else's abort listener may run
   * before ours and release a connection: the caller that has just gone must not be given it.
   */
  get waits(): boolean {
    if (this.#signal.aborted) this.giveUp(this.#signal.reason);
    return !this.#answered;
  }

  grant(connection: Connection): void {
    if (this.#close()) this.#answer.resolve(connection);
  }

  fail(error: unknown): void {
    if (this.#close()) this.#answer.reject(error);
  }

  /** Answers at once. The dial is told, and the pool keeps its slot until it has really ended. */
  giveUp(reason: unknown): void {
    this.fail(reason);
    this.#dial.abort(reason);
  }

  /** True the first time only: whoever comes first gives the answer. */
  #close(): boolean {
    if (this.#answered) return false;
    this.#answered = true;
    this.#signal.removeEventListener("abort", this.#onAbort);
    return true;
  }
}

const parked = new Map<Connection, { host: string; timer: ReturnType<typeof setTimeout> }>();

export class Pool {
  readonly #dial: Dial;
  readonly #options: PoolOptions;
  #closed = false;

  // A slot is taken by being in one of these three. There is no counter beside them that could drift away from the truth.
  readonly #inUse = new Map<Connection, string>(); // -> the host it was asked for
  readonly #dialing = new Set<Caller>();
  /** A Map keeps the order of insertion, and a connection comes in when it is released: least recently used first. */
  readonly #idle = parked;

  /** Callers without a slot, in order of arrival. While a host has somebody here, it has nothing idle and no free slot. */
  readonly #line = new Set<Caller>();

  constructor(dial: Dial, options: PoolOptions) {
    this.#dial = dial;
    this.#options = options;
  }

  get stats(): { readonly idle: number; readonly inUse: number; readonly dialing: number; readonly waiting: number } {
    return {
      idle: this.#idle.size,
      inUse: this.#inUse.size,
      dialing: this.#dialing.size,
      waiting: this.#line.size,
    };
  }

  // Nothing below this line is awaited between looking at the pool and changing it, so it needs no lock.

  acquire(host: string, signal: AbortSignal): Promise<Connection> {
    if (this.#closed) return Promise.reject(poolClosed());
    if (signal.aborted) return Promise.reject(signal.reason);

    const idle = this.#takeIdle(host);
    if (idle !== undefined) {
      this.#inUse.set(idle, host);
      return Promise.resolve(idle);
    }

    const caller = new Caller(host, signal, () => this.#line.delete(caller));
    if (this.#hasFreeSlot(host)) void this.#dialFor(caller);
    else this.#line.add(caller);
    return caller.promise;
  }

  release(connection: Connection): void {
    const host = this.#inUse.get(connection);
    if (host === undefined) return; // not ours, or not in use: releasing twice must not make two of it
    this.#inUse.delete(connection);

    if (this.#closed || !connection.healthy) {
      connection.close();
      this.#serveFreeSlots(host);
      return;
    }
    // Hand it over in this very turn. If it went through the idle list, a newcomer could overtake the line.
    const next = this.#nextInLine(host);
    if (next !== undefined) this.#lend(connection, next);
    else this.#park(connection, host);
  }

  close(): void {
    this.#closed = true;
    for (const connection of [...this.#idle.keys()]) this.#closeIdle(connection);
    const callers = [...this.#line, ...this.#dialing];
    this.#line.clear();
    for (const caller of callers) caller.giveUp(poolClosed());
  }

  /** Runs a dial from its first moment to its last. The slot is taken for exactly that long, whoever has left meanwhile. */
  async #dialFor(caller: Caller): Promise<void> {
    this.#dialing.add(caller);
    let connection: Connection | undefined;
    let failure: unknown;
    try {
      connection = await this.#dial(caller.host, caller.dialSignal);
    } catch (error) {
      failure = error;
    }
    this.#dialing.delete(caller);

    if (connection !== undefined && caller.waits) {
      this.#lend(connection, caller);
      return;
    }
    connection?.close(); // it came too late: nobody knows of it, so nobody else will close it
    if (caller.waits) caller.fail(failure);
    this.#serveFreeSlots(caller.host);
  }

  #lend(connection: Connection, caller: Caller): void {
    this.#inUse.set(connection, caller.host);
    caller.grant(connection);
  }

  #hasFreeSlot(host: string): boolean {
    let taken = 0;
    for (const inUse of this.#inUse.values()) if (inUse === host) taken++;
    for (const caller of this.#dialing) if (caller.host === host) taken++;
    for (const idle of this.#idle.values()) if (idle.host === host) taken++;
    return taken < this.#options.maxPerHost;
  }

  #serveFreeSlots(host: string): void {
    while (this.#hasFreeSlot(host)) {
      const next = this.#nextInLine(host);
      if (next === undefined) return;
      void this.#dialFor(next);
    }
  }

  /** Takes the first of the host's line who is still there. */
  #nextInLine(host: string): Caller | undefined {
    for (const caller of this.#line) {
      if (caller.host !== host) continue;
      this.#line.delete(caller);
      if (caller.waits) return caller;
    }
    return undefined;
  }

  #park(connection: Connection, host: string): void {
    const timer = setTimeout(() => this.#closeIdle(connection), this.#options.idleTimeoutMs);
    this.#idle.set(connection, { host, timer });

    // The host's own limit first: a crowded host should not push out the connection of a quiet one.
    const ofHost = this.#idleOf(host);
    if (ofHost.length > this.#options.maxIdlePerHost) this.#closeIdle(ofHost[0]);
    if (this.#idle.size > this.#options.maxIdle) this.#closeIdle(this.#idle.keys().next().value);
    // No line to serve: a host that has idle connections has nobody in line.
  }

  /** The most recently used one that is still good. The bad ones on the way to it are closed. */
  #takeIdle(host: string): Connection | undefined {
    for (const connection of this.#idleOf(host).reverse()) {
      if (!connection.healthy) {
        this.#closeIdle(connection);
        continue;
      }
      this.#unpark(connection);
      return connection;
    }
    return undefined;
  }

  /** Least recently used first. */
  #idleOf(host: string): Connection[] {
    return [...this.#idle].filter(([, idle]) => idle.host === host).map(([connection]) => connection);
  }

  #closeIdle(connection: Connection | undefined): void {
    if (connection !== undefined && this.#unpark(connection)) connection.close();
  }

  /** The only way out of the idle list, so no timer can outlive its connection's stay there. */
  #unpark(connection: Connection): boolean {
    const idle = this.#idle.get(connection);
    if (idle === undefined) return false;
    clearTimeout(idle.timer);
    return this.#idle.delete(connection);
  }
}

function poolClosed(): DOMException {
  return new DOMException("The pool is closed", "AbortError");
}
