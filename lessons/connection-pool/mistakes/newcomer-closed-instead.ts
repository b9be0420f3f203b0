// diagnosis: wrong-result - when the idle list is full, the connection that comes back finds no room and is closed
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

interface Waiter {
  signal: AbortSignal;
  onAbort: () => void;
  resolve: (connection: Connection | Promise<Connection>) => void;
  reject: (reason: unknown) => void;
}

interface IdleEntry {
  connection: Connection;
  state: HostState;
  timer: ReturnType<typeof setTimeout>;
}

interface HostState {
  host: string;
  dialing: number;
  inUse: Set<Connection>;
  idle: IdleEntry[];
  queue: Waiter[];
}

export class Pool {
  private dial: Dial;
  private options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number };
  private hosts = new Map<string, HostState>();
  private allIdle: IdleEntry[] = [];
  private abandonDial = new Set<(reason: unknown) => void>();
  private closed = false;

  constructor(
    dial: Dial,
    options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.dial = dial;
    this.options = options;
  }

  get stats(): { readonly idle: number; readonly inUse: number; readonly dialing: number; readonly waiting: number } {
    const result = { idle: this.allIdle.length, inUse: 0, dialing: 0, waiting: 0 };
    for (const state of this.hosts.values()) {
      result.inUse += state.inUse.size;
      result.dialing += state.dialing;
      result.waiting += state.queue.length;
    }
    return result;
  }

  async acquire(host: string, signal: AbortSignal): Promise<Connection> {
    if (this.closed) throw this.closedError();
    signal.throwIfAborted();

    const state = this.stateOf(host);
    const reused = this.takeIdle(state);
    if (reused) {
      state.inUse.add(reused);
      return reused;
    }

    if (this.size(state) < this.options.maxPerHost) {
      return this.startDial(state, signal);
    }

    return new Promise<Connection>((resolve, reject) => {
      const waiter: Waiter = {
        signal,
        resolve,
        reject,
        onAbort: () => {
          removeFrom(state.queue, waiter);
          reject(signal.reason);
        },
      };
      signal.addEventListener("abort", waiter.onAbort, { once: true });
      state.queue.push(waiter);
    });
  }

  release(connection: Connection): void {
    const state = [...this.hosts.values()].find((candidate) => candidate.inUse.has(connection));
    if (!state) return;

    if (this.closed || !connection.healthy) {
      connection.close();
      state.inUse.delete(connection);
      this.slotFreed(state);
      return;
    }

    const waiter = this.nextWaiter(state);
    if (waiter) {
      waiter.resolve(connection);
      return;
    }

    state.inUse.delete(connection);
    this.addIdle(state, connection);
  }

  close(): void {
    this.closed = true;
    for (const entry of [...this.allIdle]) this.closeIdle(entry);
    for (const state of this.hosts.values()) {
      for (const waiter of state.queue.splice(0)) {
        waiter.signal.removeEventListener("abort", waiter.onAbort);
        waiter.reject(this.closedError());
      }
    }
    for (const abandon of [...this.abandonDial]) abandon(this.closedError());
  }

  private startDial(state: HostState, signal: AbortSignal): Promise<Connection> {
    return new Promise<Connection>((resolve, reject) => {
      const controller = new AbortController();
      const onAbort = () => abandon(signal.reason);
      const abandon = (reason: unknown) => {
        signal.removeEventListener("abort", onAbort);
        this.abandonDial.delete(abandon);
        reject(reason);
        controller.abort(reason);
      };
      const ended = () => {
        state.dialing--;
        if (signal.aborted) abandon(signal.reason);
        signal.removeEventListener("abort", onAbort);
        this.abandonDial.delete(abandon);
      };

      signal.addEventListener("abort", onAbort, { once: true });
      this.abandonDial.add(abandon);
      state.dialing++;
      new Promise<Connection>((dialed) => dialed(this.dial(state.host, controller.signal))).then(
        (connection) => {
          ended();
          if (controller.signal.aborted) {
            connection.close();
            this.slotFreed(state);
          } else {
            state.inUse.add(connection);
            resolve(connection);
          }
        },
        (error: unknown) => {
          ended();
          reject(error);
          this.slotFreed(state);
        },
      );
    });
  }

  private slotFreed(state: HostState): void {
    const waiter = this.nextWaiter(state);
    if (waiter) waiter.resolve(this.startDial(state, waiter.signal));
  }

  private nextWaiter(state: HostState): Waiter | undefined {
    while (state.queue.length > 0) {
      const waiter = state.queue.shift()!;
      waiter.signal.removeEventListener("abort", waiter.onAbort);
      if (!waiter.signal.aborted) return waiter;
      waiter.reject(waiter.signal.reason);
    }
    return undefined;
  }

  private addIdle(state: HostState, connection: Connection): void {
    const { maxIdlePerHost, maxIdle } = this.options;
    if (state.idle.length >= maxIdlePerHost || this.allIdle.length >= maxIdle) {
      connection.close();
      return;
    }
    const entry: IdleEntry = {
      connection,
      state,
      timer: setTimeout(() => this.closeIdle(entry), this.options.idleTimeoutMs),
    };
    state.idle.push(entry);
    this.allIdle.push(entry);
  }

  private takeIdle(state: HostState): Connection | undefined {
    while (state.idle.length > 0) {
      const entry = state.idle.at(-1)!;
      if (entry.connection.healthy) {
        this.removeIdle(entry);
        return entry.connection;
      }
      this.closeIdle(entry);
    }
    return undefined;
  }

  private closeIdle(entry: IdleEntry): void {
    this.removeIdle(entry);
    entry.connection.close();
  }

  private removeIdle(entry: IdleEntry): void {
    clearTimeout(entry.timer);
    removeFrom(entry.state.idle, entry);
    removeFrom(this.allIdle, entry);
  }

  private size(state: HostState): number {
    return state.inUse.size + state.dialing + state.idle.length;
  }

  private stateOf(host: string): HostState {
    let state = this.hosts.get(host);
    if (!state) {
      state = { host, dialing: 0, inUse: new Set(), idle: [], queue: [] };
      this.hosts.set(host, state);
    }
    return state;
  }

  private closedError(): DOMException {
    return new DOMException("Pool is closed", "AbortError");
  }
}

function removeFrom<T>(list: T[], item: T): void {
  const index = list.indexOf(item);
  if (index !== -1) list.splice(index, 1);
}
