// style: in the technique of p-timeout and undici: a generic wrapper with a cleanup hook, and a request object that errors once
export interface Connection {
  readonly healthy: boolean;
  roundTrip(payload: string, signal: AbortSignal): Promise<string>;
  close(): void;
}
export interface Pool {
  acquire(host: string, signal: AbortSignal): Promise<Connection>;
  release(connection: Connection): void;
}

interface Handler {
  onConnect(connection: Connection): boolean;
  onComplete(answer: string): void;
  onError(error: unknown): void;
}

class Dispatch implements Handler {
  readonly #pool: Pool;
  readonly #settle: (error: unknown, answer?: string) => void;
  #connection: Connection | undefined;
  #completed = false;

  constructor(pool: Pool, settle: (error: unknown, answer?: string) => void) {
    this.#pool = pool;
    this.#settle = settle;
  }

  /** Takes the connection over, or puts it away when the request is over already. */
  onConnect(connection: Connection): boolean {
    if (this.#completed) this.#destroy(connection);
    else this.#connection = connection;
    return !this.#completed;
  }

  onComplete(answer: string): void {
    if (this.#completed || !this.#connection) return;
    this.#completed = true;
    this.#pool.release(this.#connection);
    this.#settle(undefined, answer);
  }

  onError(error: unknown): void {
    if (this.#completed) return;
    this.#completed = true;
    if (this.#connection) this.#destroy(this.#connection);
    this.#settle({ error });
  }

  #destroy(connection: Connection): void {
    connection.close();
    this.#pool.release(connection);
  }
}

function withTimeout<T>(
  ms: number,
  signal: AbortSignal,
  run: (signal: AbortSignal, onTimeout: (listener: (reason: unknown) => void) => void) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let listener: ((reason: unknown) => void) | undefined;
  const expire = (reason: unknown) => {
    listener?.(reason);
    controller.abort(reason);
  };
  const abort = () => expire(signal.reason);
  const timer = setTimeout(expire, ms, new DOMException(`Promise timed out after ${ms} ms`, "TimeoutError"));
  signal.addEventListener("abort", abort, { once: true });
  return run(controller.signal, (given) => {
    listener = given;
  }).finally(() => {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  });
}

export function request(
  pool: Pool,
  host: string,
  payload: string,
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<string> {
  if (options.signal.aborted) return Promise.reject(options.signal.reason);
  return withTimeout(
    options.timeoutMs,
    options.signal,
    (signal, onTimeout) =>
      new Promise((resolve, reject) => {
        const dispatch = new Dispatch(pool, (failed, answer) => {
          if (failed === undefined) resolve(answer as string);
          else reject((failed as { error: unknown }).error);
        });
        const fail = (error: unknown) => dispatch.onError(error);
        onTimeout(fail);
        pool.acquire(host, signal).then((connection) => {
          if (!dispatch.onConnect(connection)) return;
          connection.roundTrip(payload, signal).then((answer) => dispatch.onComplete(answer), fail);
        }, fail);
      }),
  );
}
