// style: old-school callbacks in one promise constructor, one function that ends it all
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
  return new Promise<string>(function (resolve, reject) {
    var signal = options.signal;
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    var inner = new AbortController();
    var held: Connection | null = null;
    var over = false;
    var timer = setTimeout(function () {
      fail(new DOMException("The deadline has passed", "TimeoutError"));
    }, options.timeoutMs);
    function onAbort(): void {
      fail(signal.reason);
    }
    signal.addEventListener("abort", onAbort);

    function end(): void {
      over = true;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    }
    function scrap(connection: Connection): void {
      connection.close();
      pool.release(connection);
    }
    function fail(reason: unknown): void {
      if (over) return;
      end();
      inner.abort(reason);
      if (held) scrap(held);
      reject(reason);
    }

    pool.acquire(host, inner.signal).then(function (connection) {
      if (over) {
        scrap(connection);
        return;
      }
      held = connection;
      connection.roundTrip(payload, inner.signal).then(function (answer) {
        if (over) return;
        end();
        pool.release(connection);
        resolve(answer);
      }, fail);
    }, fail);
  });
}
