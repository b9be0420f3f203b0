// style: promise chains and Promise.race against one "gave up" promise
export interface Connection {
  readonly healthy: boolean;
  roundTrip(payload: string, signal: AbortSignal): Promise<string>;
  close(): void;
}
export interface Pool {
  acquire(host: string, signal: AbortSignal): Promise<Connection>;
  release(connection: Connection): void;
}

export function request(
  pool: Pool,
  host: string,
  payload: string,
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<string> {
  const { signal, timeoutMs } = options;
  if (signal.aborted) return Promise.reject(signal.reason);

  const control = new AbortController();
  const gaveUp = new Promise<never>((_, reject) => {
    control.signal.addEventListener("abort", () => reject(control.signal.reason));
  });
  const follow = () => control.abort(signal.reason);
  signal.addEventListener("abort", follow, { once: true });
  const timer = setTimeout(() => control.abort(new DOMException("timed out", "TimeoutError")), timeoutMs);

  const discard = (connection: Connection) => {
    connection.close();
    pool.release(connection);
  };

  let owned = false;
  const acquiring = pool.acquire(host, control.signal);
  return Promise.race([acquiring, gaveUp])
    .then((connection) => {
      owned = true;
      if (control.signal.aborted) {
        discard(connection);
        throw control.signal.reason;
      }
      return Promise.race([connection.roundTrip(payload, control.signal), gaveUp]).then(
        (answer) => {
          pool.release(connection);
          return answer;
        },
        (error: unknown) => {
          discard(connection);
          throw error;
        },
      );
    })
    .catch((error: unknown) => {
      if (!owned) acquiring.then(discard, () => {});
      throw error;
    })
    .finally(() => {
      clearTimeout(timer);
      signal.removeEventListener("abort", follow);
    });
}
