// diagnosis: late-after-abort, never-settles - a pool answers an aborted acquire at once
export interface Connection {
  readonly healthy: boolean;
  roundTrip(payload: string, signal: AbortSignal): Promise<string>;
  close(): void;
}
export interface Pool {
  acquire(host: string, signal: AbortSignal): Promise<Connection>;
  release(connection: Connection): void;
}

function orAbort<T>(work: Promise<T>, limit: AbortSignal, tooLate?: (value: T) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let lost = false;
    const onAbort = () => {
      lost = true;
      reject(limit.reason);
    };
    limit.addEventListener("abort", onAbort);
    work
      .then(
        (value) => {
          if (lost) tooLate?.(value);
          else resolve(value);
        },
        (error: unknown) => reject(error),
      )
      .finally(() => limit.removeEventListener("abort", onAbort));
  });
}

export async function request(
  pool: Pool,
  host: string,
  payload: string,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<string> {
  signal.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMs);
  const limit = AbortSignal.any([signal, deadline]);
  const discard = (connection: Connection) => {
    connection.close();
    pool.release(connection);
  };

  const connection = await pool.acquire(host, limit).catch((error: unknown) => {
    throw limit.aborted ? limit.reason : error;
  });
  let answer: string;
  try {
    limit.throwIfAborted();
    answer = await orAbort(connection.roundTrip(payload, limit), limit);
  } catch (error) {
    discard(connection);
    throw error;
  }
  pool.release(connection);
  return answer;
}
