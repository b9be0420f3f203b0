// diagnosis: aborted-signal-unchecked - the check belongs right before the round trip
export interface Connection {
  readonly healthy: boolean;
  roundTrip(payload: string, signal: AbortSignal): Promise<string>;
  close(): void;
}
export interface Pool {
  acquire(host: string, signal: AbortSignal): Promise<Connection>;
  release(connection: Connection): void;
}

class Deadline implements Disposable {
  readonly #control = new AbortController();
  readonly #parent: AbortSignal;
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #struck = Promise.withResolvers<never>();
  readonly #follow = () => this.#strike(this.#parent.reason);

  constructor(parent: AbortSignal, ms: number) {
    this.#parent = parent;
    this.#struck.promise.catch(() => {});
    if (parent.aborted) this.#follow();
    parent.addEventListener("abort", this.#follow);
    this.#timer = setTimeout(() => this.#strike(new DOMException("Deadline exceeded", "TimeoutError")), ms);
  }

  get signal(): AbortSignal {
    return this.#control.signal;
  }

  within<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#struck.promise]);
  }

  #strike(reason: unknown): void {
    this.#struck.reject(reason);
    this.#control.abort(reason);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#parent.removeEventListener("abort", this.#follow);
  }
}

class Lease implements Disposable {
  clean = false;
  readonly connection: Connection;
  readonly #pool: Pool;

  constructor(pool: Pool, connection: Connection) {
    this.#pool = pool;
    this.connection = connection;
  }

  [Symbol.dispose](): void {
    if (!this.clean) this.connection.close();
    this.#pool.release(this.connection);
  }
}

export async function request(
  pool: Pool,
  host: string,
  payload: string,
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<string> {
  using deadline = new Deadline(options.signal, options.timeoutMs);
  const granting = pool.acquire(host, deadline.signal).then((connection) => new Lease(pool, connection));
  let given = false;
  try {
    using lease = await deadline.within(granting);
    given = true;
    deadline.signal.throwIfAborted();
    const answer = await deadline.within(lease.connection.roundTrip(payload, deadline.signal));
    lease.clean = true;
    return answer;
  } catch (error) {
    if (!given)
      granting.then(
        (lease) => lease[Symbol.dispose](),
        () => {},
      );
    throw error;
  }
}
