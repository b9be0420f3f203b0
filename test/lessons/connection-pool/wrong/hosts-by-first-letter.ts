// diagnosis: limit-not-reached - the first letter of a host is enough of a key to find its connections by
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

interface Caller {
  readonly host: string;
  readonly signal: AbortSignal;
  readonly dial: AbortController;
  lend(connection: Connection): void;
  leave(reason: unknown): void;
}

export class Pool {
  readonly #dial: Dial;
  readonly #limits: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number };
  readonly #inUse = new Map<Connection, string>();
  readonly #idle = new Map<Connection, { host: string; timer: ReturnType<typeof setTimeout> }>();
  readonly #dials = new Set<Caller>();
  #line: Caller[] = [];
  #closed = false;

  constructor(
    dial: Dial,
    limits: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.#dial = dial;
    this.#limits = limits;
  }

  get stats() {
    return {
      idle: this.#idle.size,
      inUse: this.#inUse.size,
      dialing: this.#dials.size,
      waiting: this.#line.length,
    };
  }

  acquire(host: string, signal: AbortSignal): Promise<Connection> {
    if (this.#closed) return Promise.reject(closed());
    if (signal.aborted) return Promise.reject(signal.reason);
    for (const [connection, idle] of [...this.#idle].reverse()) {
      if (idle.host[0] !== host[0]) continue;
      this.#wake(connection);
      if (connection.healthy) {
        this.#inUse.set(connection, host);
        return Promise.resolve(connection);
      }
      connection.close();
    }
    return new Promise((resolve, reject) => {
      const off = () => signal.removeEventListener("abort", onAbort);
      const caller: Caller = {
        host,
        signal,
        dial: new AbortController(),
        lend: (connection) => {
          off();
          this.#inUse.set(connection, host);
          resolve(connection);
        },
        leave: (reason) => {
          off();
          reject(reason);
          caller.dial.abort(reason);
        },
      };
      const onAbort = () => {
        this.#line = this.#line.filter((other) => other !== caller);
        caller.leave(signal.reason);
      };
      signal.addEventListener("abort", onAbort);
      this.#line.push(caller);
      this.#serve(host);
    });
  }

  release(connection: Connection): void {
    const host = this.#inUse.get(connection);
    if (host === undefined) return;
    this.#inUse.delete(connection);
    if (this.#closed || !connection.healthy) {
      connection.close();
      return this.#serve(host);
    }
    const next = this.#next(host);
    if (next) return next.lend(connection);
    const timer = setTimeout(() => this.#retire(connection), this.#limits.idleTimeoutMs);
    this.#idle.set(connection, { host, timer });
    const ofHost = [...this.#idle].filter(([, idle]) => idle.host[0] === host[0]).map(([other]) => other);
    if (ofHost.length > this.#limits.maxIdlePerHost) this.#retire(ofHost[0]);
    if (this.#idle.size > this.#limits.maxIdle) this.#retire([...this.#idle.keys()][0]);
  }

  close(): void {
    this.#closed = true;
    for (const connection of [...this.#idle.keys()]) this.#retire(connection);
    const callers = [...this.#line, ...this.#dials];
    this.#line = [];
    for (const caller of callers) caller.leave(closed());
  }

  #serve(host: string): void {
    const taken = () =>
      [...this.#inUse.values()].filter((other) => other[0] === host[0]).length +
      [...this.#idle.values(), ...this.#dials].filter((other) => other.host[0] === host[0]).length;
    while (taken() < this.#limits.maxPerHost) {
      const caller = this.#next(host);
      if (!caller) return;
      void this.#connect(caller);
    }
  }

  #next(host: string): Caller | undefined {
    const first = this.#line.find((caller) => caller.host[0] === host[0] && !caller.signal.aborted);
    this.#line = this.#line.filter((caller) => caller !== first);
    return first;
  }

  async #connect(caller: Caller): Promise<void> {
    this.#dials.add(caller);
    const [dialed] = await Promise.allSettled([(async () => this.#dial(caller.host, caller.dial.signal))()]);
    this.#dials.delete(caller);
    if (caller.signal.aborted) caller.leave(caller.signal.reason);
    if (dialed.status === "rejected") caller.leave(dialed.reason);
    else if (caller.dial.signal.aborted) dialed.value.close();
    else return caller.lend(dialed.value);
    this.#serve(caller.host);
  }

  #retire(connection: Connection | undefined): void {
    if (connection && this.#wake(connection)) connection.close();
  }

  #wake(connection: Connection): boolean {
    clearTimeout(this.#idle.get(connection)?.timer);
    return this.#idle.delete(connection);
  }
}

function closed(): DOMException {
  return new DOMException("pool closed", "AbortError");
}
