// style: AbortSignal.any of caller and shutdown, one listener on the composite, nothing added to the given signal
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

type Options = { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number };
type Request = {
  host: string;
  stop: AbortSignal;
  state: "new" | "waiting" | "dialing" | "done";
  resolve(connection: Connection): void;
  reject(reason: unknown): void;
};
type State = { is: "inUse" } | { is: "idle"; timer: ReturnType<typeof setTimeout> };

export class Pool {
  // Every connection that is open. Those idle stand in the order of their last use.
  #connections = new Map<Connection, State>();
  #dials: Request[] = [];
  #line: Request[] = [];
  #shutdown = new AbortController();
  #dial: Dial;
  #options: Options;

  constructor(dial: Dial, options: Options) {
    this.#dial = dial;
    this.#options = options;
  }

  get stats() {
    const states = [...this.#connections.values()];
    return {
      idle: states.filter((state) => state.is === "idle").length,
      inUse: states.filter((state) => state.is === "inUse").length,
      dialing: this.#dials.length,
      waiting: this.#line.length,
    };
  }

  acquire(host: string, signal: AbortSignal): Promise<Connection> {
    const stop = AbortSignal.any([signal, this.#shutdown.signal]);
    return new Promise<Connection>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (stop.aborted) return reject(this.#shutdown.signal.reason);

      for (const connection of this.#idle(host).reverse()) {
        if (connection.healthy) {
          this.#use(connection);
          return resolve(connection);
        }
        this.#discard(connection);
      }

      const request: Request = { host, stop, state: "new", resolve, reject };
      stop.addEventListener(
        "abort",
        () => {
          if (request.state === "done") return;
          request.state = "done";
          this.#line = this.#line.filter((other) => other !== request);
          reject(stop.reason);
        },
        { once: true },
      );

      if (this.#count(host) < this.#options.maxPerHost) this.#start(request);
      else {
        request.state = "waiting";
        this.#line.push(request);
      }
    });
  }

  release(connection: Connection): void {
    if (this.#connections.get(connection)?.is !== "inUse") return;
    if (this.#shutdown.signal.aborted || !connection.healthy) {
      this.#discard(connection);
      this.#serve(connection.host);
      return;
    }
    const next = this.#shift(connection.host);
    if (next) {
      next.state = "done";
      next.resolve(connection);
      return;
    }
    this.#connections.delete(connection); // to the end of the order
    this.#connections.set(connection, {
      is: "idle",
      timer: setTimeout(() => this.#discard(connection), this.#options.idleTimeoutMs),
    });
    const ofHost = this.#idle(connection.host);
    if (ofHost.length > this.#options.maxIdlePerHost) this.#discard(ofHost[0]!);
    const all = this.#idle();
    if (all.length > this.#options.maxIdle) this.#discard(all[0]!);
  }

  close(): void {
    for (const connection of this.#idle()) this.#discard(connection);
    this.#shutdown.abort(); // without a reason: an AbortError
  }

  #start(request: Request): void {
    const { host, stop } = request;
    request.state = "dialing";
    this.#dials.push(request);
    const ended = () => {
      this.#dials = this.#dials.filter((other) => other !== request);
      const abandoned = request.state === "done";
      request.state = "done";
      return { abandoned };
    };
    this.#dial(host, stop).then(
      (connection) => {
        if (ended().abandoned) {
          connection.close();
          this.#serve(host);
          return;
        }
        this.#use(connection);
        request.resolve(connection);
      },
      (error: unknown) => {
        if (!ended().abandoned) request.reject(error);
        this.#serve(host);
      },
    );
  }

  #serve(host: string): void {
    if (this.#count(host) >= this.#options.maxPerHost) return;
    const next = this.#shift(host);
    if (next) this.#start(next);
  }

  #shift(host: string): Request | undefined {
    const index = this.#line.findIndex((request) => request.host === host && !request.stop.aborted);
    return this.#line.splice(index, index < 0 ? 0 : 1)[0];
  }

  #count(host: string): number {
    const open = [...this.#connections.keys()].filter((connection) => connection.host === host);
    return open.length + this.#dials.filter((request) => request.host === host).length;
  }

  #idle(host?: string): Connection[] {
    return [...this.#connections]
      .filter(([connection, state]) => state.is === "idle" && (host === undefined || connection.host === host))
      .map(([connection]) => connection);
  }

  #use(connection: Connection): void {
    this.#forget(connection);
    this.#connections.set(connection, { is: "inUse" });
  }

  #discard(connection: Connection): void {
    this.#forget(connection);
    connection.close();
  }

  #forget(connection: Connection): void {
    const state = this.#connections.get(connection);
    if (state?.is === "idle") clearTimeout(state.timer);
    this.#connections.delete(connection);
  }
}
