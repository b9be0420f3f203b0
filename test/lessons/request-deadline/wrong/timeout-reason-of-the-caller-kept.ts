// diagnosis: reason-replaced - an abort with a TimeoutError is our deadline
export interface Connection {
  readonly healthy: boolean;
  roundTrip(payload: string, signal: AbortSignal): Promise<string>;
  close(): void;
}

export interface Pool {
  acquire(host: string, signal: AbortSignal): Promise<Connection>;
  release(connection: Connection): void;
}

export async function request(
  pool: Pool,
  host: string,
  payload: string,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<string> {
  signal.throwIfAborted();
  const scope = new AbortController();
  const follow = () =>
    scope.abort(
      signal.reason instanceof DOMException && signal.reason.name === "TimeoutError"
        ? new DOMException("late", "TimeoutError")
        : signal.reason,
    );
  signal.addEventListener("abort", follow);
  const timer = setTimeout(() => {
    scope.abort(new DOMException(`No answer from ${host} within ${timeoutMs} ms`, "TimeoutError"));
  }, timeoutMs);

  const discard = (connection: Connection) => {
    connection.close();
    pool.release(connection);
  };

  try {
    const connection = await within(scope.signal, pool.acquire(host, scope.signal), discard);
    let answer: string;
    try {
      scope.signal.throwIfAborted();
      answer = await within(scope.signal, connection.roundTrip(payload, scope.signal));
    } catch (error) {
      discard(connection);
      throw error;
    }
    pool.release(connection);
    return answer;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", follow);
  }
}

function within<T>(limit: AbortSignal, work: Promise<T>, tooLate?: (value: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    limit.addEventListener("abort", () => reject(limit.reason));
    work.then((value) => (limit.aborted ? tooLate?.(value) : resolve(value)), reject);
  });
}
