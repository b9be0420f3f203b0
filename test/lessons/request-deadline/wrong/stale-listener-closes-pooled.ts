// diagnosis: listener-left-on-signal, released-twice - after an abort the connection is closed, whoever has it
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
  const { timeoutMs, signal } = options;
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const control = new AbortController();
    let connection: Connection | undefined;
    let over = false;

    const finish = (): boolean => {
      if (over) return false;
      over = true;
      clearTimeout(timer);
      return true;
    };
    const discard = (broken: Connection) => {
      broken.close();
      pool.release(broken);
    };
    const fail = (error: unknown) => {
      finish();
      if (connection) discard(connection);
      reject(error);
    };
    const stop = (reason: unknown) => {
      control.abort(reason);
      fail(reason);
    };
    const onAbort = () => stop(signal.reason);
    const timer = setTimeout(() => stop(new DOMException("request timed out", "TimeoutError")), timeoutMs);
    signal.addEventListener("abort", onAbort);

    pool.acquire(host, control.signal).then((granted) => {
      if (over) {
        discard(granted);
        return;
      }
      connection = granted;
      granted.roundTrip(payload, control.signal).then((answer) => {
        if (!finish()) return;
        pool.release(granted);
        resolve(answer);
      }, fail);
    }, fail);
  });
}
