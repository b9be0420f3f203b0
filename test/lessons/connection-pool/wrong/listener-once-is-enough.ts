// diagnosis: listener-left-on-signal - `once` takes the listener away by itself
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

class AbortListener implements Disposable {
  readonly #signal: AbortSignal;
  readonly #listener: () => void;

  constructor(signal: AbortSignal, listener: () => void) {
    this.#signal = signal;
    this.#listener = listener;
    signal.addEventListener("abort", listener, { once: true });
  }

  [Symbol.dispose](): void {
    this.#signal.removeEventListener("abort", this.#listener);
  }
}

class Timer implements Disposable {
  readonly #id: ReturnType<typeof setTimeout>;

  constructor(ms: number, action: () => void) {
    this.#id = setTimeout(action, ms);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#id);
  }
}

interface Demand {
  readonly host: string;
  readonly cancel: AbortController;
  readonly outcome: PromiseWithResolvers<Connection>;
  stage: "queued" | "dialing" | "over";
}

export class Pool {
  private readonly dial: Dial;
  private readonly limits: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number };
  private readonly idle = new Map<Connection, Timer>(); // in the order of release
  private readonly used = new Set<Connection>();
  private readonly demands = new Set<Demand>(); // in the order of arrival
  private readonly dials = new Map<Demand, string>(); // also those that nobody waits for any more
  private closedWith: DOMException | null = null;

  constructor(
    dial: Dial,
    options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.dial = dial;
    this.limits = options;
  }

  get stats() {
    let waiting = 0;
    for (const demand of this.demands) if (demand.stage === "queued") waiting++;
    return { idle: this.idle.size, inUse: this.used.size, dialing: this.dials.size, waiting };
  }

  async acquire(host: string, signal: AbortSignal): Promise<Connection> {
    signal.throwIfAborted();
    if (this.closedWith) throw this.closedWith;

    const spare = this.takeIdle(host);
    if (spare) return spare;

    const demand: Demand = { host, cancel: new AbortController(), outcome: Promise.withResolvers(), stage: "queued" };
    new AbortListener(signal, () => this.drop(demand, signal.reason));
    this.demands.add(demand);
    this.serve(host);
    return await demand.outcome.promise;
  }

  release(connection: Connection): void {
    if (!this.used.delete(connection)) return;
    const { host } = connection;

    if (this.closedWith || !connection.healthy) {
      connection.close();
      this.serve(host);
      return;
    }

    const next = this.firstInLine(host);
    if (next) {
      this.grant(next, connection);
      return;
    }

    this.idle.set(connection, new Timer(this.limits.idleTimeoutMs, () => this.closeIdle(connection)));
    const siblings = [...this.idle.keys()].filter((other) => other.host === host);
    if (siblings.length > this.limits.maxIdlePerHost) this.closeIdle(siblings[0]!);
    const [oldest] = this.idle.keys();
    if (oldest && this.idle.size > this.limits.maxIdle) this.closeIdle(oldest);
  }

  close(): void {
    this.closedWith ??= new DOMException("The connection pool was closed", "AbortError");
    for (const connection of [...this.idle.keys()]) this.closeIdle(connection);
    for (const demand of [...this.demands]) this.drop(demand, this.closedWith);
  }

  private serve(host: string): void {
    const next = this.firstInLine(host);
    if (next && this.open(host) < this.limits.maxPerHost) void this.connect(next);
  }

  private async connect(demand: Demand): Promise<void> {
    demand.stage = "dialing";
    this.dials.set(demand, demand.host);
    try {
      const connection = await this.dial(demand.host, demand.cancel.signal);
      this.dials.delete(demand);
      if (this.demands.has(demand)) this.grant(demand, connection);
      else connection.close();
    } catch (error) {
      this.dials.delete(demand);
      this.drop(demand, error);
    }
    this.serve(demand.host);
  }

  private grant(demand: Demand, connection: Connection): void {
    demand.stage = "over";
    this.demands.delete(demand);
    this.used.add(connection);
    demand.outcome.resolve(connection);
  }

  private drop(demand: Demand, reason: unknown): void {
    if (!this.demands.delete(demand)) return;
    demand.stage = "over";
    demand.outcome.reject(reason);
    demand.cancel.abort(reason);
  }

  private firstInLine(host: string): Demand | undefined {
    for (const demand of this.demands) if (demand.host === host && demand.stage === "queued") return demand;
    return undefined;
  }

  private open(host: string): number {
    let open = 0;
    for (const connection of [...this.used, ...this.idle.keys()]) if (connection.host === host) open++;
    for (const other of this.dials.values()) if (other === host) open++;
    return open;
  }

  private takeIdle(host: string): Connection | undefined {
    for (const connection of [...this.idle.keys()].reverse()) {
      if (connection.host !== host) continue;
      if (!connection.healthy) {
        this.closeIdle(connection);
        continue;
      }
      this.stopIdling(connection);
      this.used.add(connection);
      return connection;
    }
    return undefined;
  }

  private stopIdling(connection: Connection): void {
    using _timer = this.idle.get(connection);
    this.idle.delete(connection);
  }

  private closeIdle(connection: Connection): void {
    this.stopIdling(connection);
    connection.close();
  }
}
