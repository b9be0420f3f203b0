/** Two requests to each endpoint, over a pool of `limit` connections. The deadline is each request's own. */
export async function main({ urls, signal, deadlineMs, limit }: Scenario): Promise<string[]> {
  const line: (() => void)[] = [];
  let inUse = 0;

  const connection = (host: string): Connection => ({
    healthy: true,
    close: () => undefined,
    roundTrip: async (payload, asker) => {
      const response = await fetch(`${host}?${payload}`, { signal: asker });
      return response.text();
    },
  });
  const pool: Pool = {
    acquire: async (host, asker) => {
      while (inUse >= limit) {
        await new Promise<void>((resolve) => {
          line.push(resolve);
          asker.addEventListener("abort", () => resolve());
        });
        asker.throwIfAborted();
      }
      inUse++;
      return connection(host);
    },
    release: () => {
      inUse--;
      for (const look of line.splice(0)) look();
    },
  };

  const ask = (url: string, payload: string): Promise<string> =>
    request(pool, url, payload, { timeoutMs: deadlineMs, signal });
  const settled = await Promise.allSettled(urls.flatMap((url) => [ask(url, "first"), ask(url, "second")]));
  signal.throwIfAborted();
  return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}
