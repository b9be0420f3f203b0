export interface Connection {
  readonly healthy: boolean;
  /** One question, one answer. While an answer is under way, the connection is good for nothing else. */
  roundTrip(payload: string, signal: AbortSignal): Promise<string>;
  close(): void;
}

export interface Pool {
  /** May wait in line, or dial. A grant can be on its way when `signal` aborts, and arrive all the same. */
  acquire(host: string, signal: AbortSignal): Promise<Connection>;
  /** Takes a connection back: an open one is lent again, a closed one makes room for a new one. */
  release(connection: Connection): void;
}

/**
 * Sends one request over a pooled connection and resolves with the answer.
 * `timeoutMs` covers everything, from this call to the answer: at the deadline it rejects with a `TimeoutError` DOMException.
 * When `signal` aborts, it rejects with the signal's reason; when acquire or round trip fails, with that very error.
 * A connection that has answered is released. Any other that was granted is closed and then released, even if it is
 * granted too late to be used.
 */
export async function request(
  pool: Pool,
  host: string,
  payload: string,
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<string> {
  // Begin here: this works on a good day. Who ends it on a bad one, and what becomes of the connection then?
  const connection = await pool.acquire(host, options.signal);
  const answer = await connection.roundTrip(payload, options.signal);
  pool.release(connection);
  return answer;
}
