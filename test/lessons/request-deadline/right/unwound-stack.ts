// style: a stack of clean-ups that is unwound on failure, AbortSignal.any over own controllers
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
  { timeoutMs, signal: caller }: { timeoutMs: number; signal: AbortSignal },
): Promise<string> {
  caller.throwIfAborted();
  const deadline = new AbortController();
  const signal = AbortSignal.any([caller, deadline.signal]);
  const always: (() => void)[] = [];
  const onFailure: (() => void)[] = [];
  const timer = setTimeout(() => deadline.abort(new DOMException("deadline exceeded", "TimeoutError")), timeoutMs);
  always.push(() => clearTimeout(timer));
  const broken = new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  broken.catch(() => {});
  let given = true; // up to the end: who comes later finds it false
  try {
    const granted = pool.acquire(host, signal).then((connection) => {
      const scrap = (): void => {
        connection.close();
        pool.release(connection);
      };
      if (given) onFailure.push(scrap);
      else scrap();
      return connection;
    });
    const connection = await Promise.race([broken, granted]);
    signal.throwIfAborted();
    const answer = await Promise.race([broken, connection.roundTrip(payload, signal)]);
    pool.release(connection);
    return answer;
  } catch (error) {
    given = false;
    for (const cleanUp of onFailure) cleanUp();
    throw error;
  } finally {
    for (const cleanUp of always) cleanUp();
  }
}
