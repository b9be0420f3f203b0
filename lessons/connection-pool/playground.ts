/**
 * Three callers want a connection to each host, through a pool that opens at most `limit` to one. The first answer of an
 * endpoint stands for the dial, each further one for a piece of work over the connection.
 */
export async function main({ urls, signal, deadlineMs, limit }: Scenario): Promise<string[]> {
  const ask = async (url: string, asker: AbortSignal): Promise<string> => {
    const response = await fetch(url, { signal: asker });
    return response.text();
  };
  const dial: Dial = async (host, asker) => {
    await ask(host, asker);
    return { host, healthy: true, close: () => undefined };
  };
  const pool = new Pool(dial, { maxPerHost: limit, maxIdlePerHost: 1, maxIdle: urls.length, idleTimeoutMs: 1000 });
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException("too late", "TimeoutError")), deadlineMs);
  const scope = AbortSignal.any([signal, deadline.signal]);
  const results: string[] = [];

  async function caller(host: string): Promise<void> {
    const connection = await pool.acquire(host, scope);
    try {
      results.push(await ask(host, scope));
    } finally {
      pool.release(connection);
    }
  }

  await Promise.allSettled(urls.flatMap((url) => [url, url, url]).map(caller));
  pool.close();
  clearTimeout(timer);
  signal.throwIfAborted();
  return results;
}
