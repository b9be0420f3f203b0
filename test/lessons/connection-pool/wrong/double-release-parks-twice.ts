// diagnosis: released-twice, limit-exceeded - callers release once, so whatever comes in can be used again
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

type Options = {
  readonly maxPerHost: number;
  readonly maxIdlePerHost: number;
  readonly maxIdle: number;
  readonly idleTimeoutMs: number;
};
type Idle = { readonly connection: Connection; readonly cancelTimer: () => void };
type Caller = {
  readonly host: string;
  readonly controller: AbortController;
  readonly isSettled: () => boolean;
  readonly succeed: (connection: Connection) => void;
  readonly fail: (reason: unknown) => void;
};

const after = (ms: number, action: () => void): (() => void) => {
  const timer = setTimeout(action, ms);
  return () => clearTimeout(timer);
};

const onAbort = (signal: AbortSignal, action: (reason: unknown) => void): (() => void) => {
  const listener = () => action(signal.reason);
  signal.addEventListener("abort", listener);
  return () => signal.removeEventListener("abort", listener);
};

const poolIsClosed = () => new DOMException("pool is closed", "AbortError");

const createPool = (dial: Dial, options: Options) => {
  let idle: readonly Idle[] = []; // oldest first
  let inUse: readonly Connection[] = [];
  let dialing: readonly Caller[] = [];
  let waiting: readonly Caller[] = [];
  let closed = false;

  const idleOf = (host: string) => idle.filter(({ connection }) => connection.host === host);
  const taken = (host: string) =>
    idleOf(host).length +
    inUse.filter((connection) => connection.host === host).length +
    dialing.filter((caller) => caller.host === host).length;

  const unpark = (entry: Idle): Connection => {
    entry.cancelTimer();
    idle = idle.filter((other) => other !== entry);
    return entry.connection;
  };
  const drop = (entry: Idle): void => unpark(entry).close();

  const createCaller = (
    host: string,
    signal: AbortSignal,
    resolve: (connection: Connection) => void,
    reject: (reason: unknown) => void,
  ): Caller => {
    const controller = new AbortController();
    let settled = false;
    const settle =
      <A>(action: (argument: A) => void) =>
      (argument: A): void => {
        if (settled) return;
        settled = true;
        stopListening();
        waiting = waiting.filter((other) => other !== caller);
        action(argument);
      };
    const caller: Caller = {
      host,
      controller,
      isSettled: () => settled,
      succeed: settle((connection: Connection) => {
        inUse = [...inUse, connection];
        resolve(connection);
      }),
      fail: settle(reject),
    };
    const stopListening = onAbort(signal, (reason) => abandon(caller, reason));
    return caller;
  };

  const abandon = (caller: Caller, reason: unknown): void => {
    caller.fail(reason);
    caller.controller.abort(reason);
  };

  const start = (caller: Caller): void => {
    const { host, controller } = caller;
    waiting = waiting.filter((other) => other !== caller);
    dialing = [...dialing, caller];
    const ended = () => {
      dialing = dialing.filter((other) => other !== caller);
    };
    const connected = (connection: Connection) => {
      ended();
      if (!caller.isSettled()) return caller.succeed(connection);
      connection.close();
      advance(host);
    };
    const failed = (error: unknown) => {
      ended();
      caller.fail(error);
      advance(host);
    };
    dial(host, controller.signal).then(connected, failed);
  };

  const advance = (host: string): void => {
    const next = waiting.find((caller) => caller.host === host);
    if (next !== undefined && taken(host) < options.maxPerHost) start(next);
  };

  return {
    stats: () => ({ idle: idle.length, inUse: inUse.length, dialing: dialing.length, waiting: waiting.length }),

    acquire: (host: string, signal: AbortSignal): Promise<Connection> => {
      if (signal.aborted) return Promise.reject(signal.reason);
      if (closed) return Promise.reject(poolIsClosed());

      // Whatever has died in the meantime goes, wherever it stands; then the newest of the rest.
      idleOf(host)
        .filter(({ connection }) => !connection.healthy)
        .forEach(drop);
      const newest = idleOf(host).at(-1);
      if (newest !== undefined) {
        const connection = unpark(newest);
        inUse = [...inUse, connection];
        return Promise.resolve(connection);
      }

      return new Promise((resolve, reject) => {
        const caller = createCaller(host, signal, resolve, reject);
        if (taken(host) < options.maxPerHost) start(caller);
        else waiting = [...waiting, caller];
      });
    },

    release: (connection: Connection): void => {
      const { host } = connection;
      inUse = inUse.filter((other) => other !== connection);
      if (closed || !connection.healthy) {
        connection.close();
        advance(host);
        return;
      }
      const next = waiting.find((caller) => caller.host === host);
      if (next !== undefined) {
        next.succeed(connection);
        return;
      }
      const entry: Idle = { connection, cancelTimer: after(options.idleTimeoutMs, () => drop(entry)) };
      idle = [...idle, entry];
      idleOf(host)
        .slice(0, -options.maxIdlePerHost || undefined)
        .forEach(drop);
      idle.slice(0, Math.max(0, idle.length - options.maxIdle)).forEach(drop);
    },

    close: (): void => {
      closed = true;
      idle.forEach(drop);
      for (const caller of [...waiting, ...dialing]) abandon(caller, poolIsClosed());
    },
  };
};

export class Pool {
  readonly #pool: ReturnType<typeof createPool>;
  constructor(
    dial: Dial,
    options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.#pool = createPool(dial, options);
  }
  get stats(): { readonly idle: number; readonly inUse: number; readonly dialing: number; readonly waiting: number } {
    return this.#pool.stats();
  }
  acquire(host: string, signal: AbortSignal): Promise<Connection> {
    return this.#pool.acquire(host, signal);
  }
  release(connection: Connection): void {
    this.#pool.release(connection);
  }
  close(): void {
    this.#pool.close();
  }
}
