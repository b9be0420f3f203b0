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
  signal.throwIfAborted(); // before the clock is wound and the pool is asked

  // One signal for the whole request. It starts now, so the time spent in line counts, too.
  const scope = new AbortController();
  const follow = () => scope.abort(signal.reason);
  signal.addEventListener("abort", follow);
  const timer = setTimeout(() => {
    scope.abort(new DOMException(`No answer from ${host} within ${timeoutMs} ms`, "TimeoutError"));
  }, timeoutMs);

  const discard = (connection: Connection) => {
    connection.close(); // first: a pool that finds it open lends it again, with our answer still on its way
    pool.release(connection);
  };

  try {
    const connection = await within(scope.signal, pool.acquire(host, scope.signal), discard);
    let answer: string;
    try {
      scope.signal.throwIfAborted(); // it may have aborted between the grant and this line
      answer = await within(scope.signal, connection.roundTrip(payload, scope.signal));
    } catch (error) {
      discard(connection);
      throw error;
    }
    pool.release(connection); // not in the `try` above: whatever happens here, it is given back once
    return answer;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", follow);
  }
}

/**
 * What `work` gives, or the limit's reason as soon as that aborts, however long `work` takes to notice. A value that comes
 * after that still belongs to somebody: `tooLate` gets it. A failure after that is of no interest, and counts as handled.
 */
function within<T>(limit: AbortSignal, work: Promise<T>, tooLate?: (value: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    limit.addEventListener("abort", () => reject(limit.reason));
    work.then((value) => (limit.aborted ? tooLate?.(value) : resolve(value)), reject);
  });
}
