/** Asks every endpoint, and again after a failure, until each has answered or the deadline is there. */
export async function main({ urls, signal, deadlineMs, limit }: Scenario): Promise<string[]> {
  const results: string[] = [];
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException("too late", "TimeoutError")), deadlineMs);
  const scope = AbortSignal.any([signal, deadline.signal]);

  const ask = async (url: string, asker: AbortSignal): Promise<string> => {
    const response = await fetch(url, { signal: asker });
    if (response.ok) return response.text();
    await response.body?.cancel();
    throw new Error(`${url} answered ${response.status}`);
  };
  const askAgain = async (url: string): Promise<void> => {
    const options = { maxAttempts: limit + 1, baseMs: 50, maxDelayMs: 1000, signal: scope };
    results.push(await retry((_attempt, asker) => ask(url, asker), options));
  };

  await Promise.allSettled(urls.map(askAgain));
  clearTimeout(timer);
  signal.throwIfAborted();
  return results;
}
