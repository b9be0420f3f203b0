// diagnosis: resource-not-released, permit-lost - a healthy connection needs no clean-up
export interface Connection {
  readonly healthy: boolean;
  roundTrip(payload: string, signal: AbortSignal): Promise<string>;
  close(): void;
}
export interface Pool {
  acquire(host: string, signal: AbortSignal): Promise<Connection>;
  release(connection: Connection): void;
}

export const request = (
  pool: Pool,
  host: string,
  payload: string,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<string> => {
  if (signal.aborted) return Promise.reject(signal.reason);
  const own = new AbortController();
  const limit = AbortSignal.any([signal, own.signal]);
  const timer = setTimeout(() => own.abort(new DOMException("deadline", "TimeoutError")), timeoutMs);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const drop = (c: Connection) => (c.close(), pool.release(c));

  let held: Connection | undefined;
  let settle: ((how: () => void, ok?: boolean) => void) | undefined = (how, ok) => {
    settle = undefined;
    clearTimeout(timer);
    limit.onabort = null;
    if (held && !ok) drop(held);
    how();
  };
  const fail = (error: unknown) => settle?.(() => reject(error));
  limit.onabort = () => fail(limit.reason);

  pool.acquire(host, limit).then((c) => {
    if (!settle) return drop(c);
    held = c;
    return c.roundTrip(payload, limit).then((answer) => settle?.(() => resolve(answer), true), fail);
  }, fail);
  return promise;
};
