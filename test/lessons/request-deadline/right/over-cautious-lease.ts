// style: over-cautious: looks at the signal after every turn, keeps flags for what was closed and released
export interface Connection {
  readonly healthy: boolean;
  roundTrip(payload: string, signal: AbortSignal): Promise<string>;
  close(): void;
}
export interface Pool {
  acquire(host: string, signal: AbortSignal): Promise<Connection>;
  release(connection: Connection): void;
}

class Lease {
  #closed = false;
  #released = false;
  readonly #pool: Pool;
  readonly connection: Connection;
  constructor(pool: Pool, connection: Connection) {
    this.#pool = pool;
    this.connection = connection;
  }
  destroy(): void {
    if (this.#released) return;
    if (!this.#closed) {
      this.#closed = true;
      this.connection.close();
    }
    this.giveBack();
  }
  giveBack(): void {
    if (this.#released) return;
    this.#released = true;
    this.#pool.release(this.connection);
  }
}

export async function request(
  pool: Pool,
  host: string,
  payload: string,
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<string> {
  if (options.signal.aborted) throw options.signal.reason;
  const controller = new AbortController();
  const limit = controller.signal;
  const timer = setTimeout(
    () => controller.abort(new DOMException(`over ${String(options.timeoutMs)} ms`, "TimeoutError")),
    options.timeoutMs,
  );
  const forward = (): void => controller.abort(options.signal.reason);
  options.signal.addEventListener("abort", forward);
  let wakeUp!: (reason: unknown) => void;
  const cut = new Promise<never>((_, reject) => (wakeUp = reject));
  cut.catch(() => undefined);
  limit.addEventListener("abort", () => wakeUp(limit.reason));
  try {
    await Promise.resolve();
    if (limit.aborted) throw limit.reason;
    let late = false;
    const granting = pool.acquire(host, limit).then((connection) => {
      const lease = new Lease(pool, connection);
      if (late || limit.aborted) {
        lease.destroy();
        throw limit.reason;
      }
      return lease;
    });
    granting.catch(() => undefined);
    let lease: Lease;
    try {
      lease = await Promise.race([cut, granting]);
    } catch (error) {
      late = true;
      granting.then(
        (lost) => lost.destroy(),
        () => undefined,
      );
      throw error;
    }
    try {
      if (limit.aborted) throw limit.reason;
      const asking = lease.connection.roundTrip(payload, limit);
      asking.catch(() => undefined);
      const answer = await Promise.race([cut, asking]);
      lease.giveBack();
      return answer;
    } catch (error) {
      lease.destroy();
      throw error;
    }
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener("abort", forward);
  }
}
