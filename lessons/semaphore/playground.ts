/** All requests want to start at once, and the semaphore lets `limit` of them. Whoever waits gives up at the deadline. */
export async function main({ urls, signal, deadlineMs, limit }: Scenario): Promise<string[]> {
  const semaphore = new Semaphore(limit);
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException("too late", "TimeoutError")), deadlineMs);
  const scope = AbortSignal.any([signal, deadline.signal]);
  const results: string[] = [];

  async function ask(url: string): Promise<void> {
    const release = await semaphore.acquire(scope);
    try {
      const response = await fetch(url, { signal: scope });
      results.push(await response.text());
    } finally {
      release();
    }
  }

  await Promise.allSettled(urls.map(ask));
  clearTimeout(timer);
  signal.throwIfAborted();
  return results;
}
