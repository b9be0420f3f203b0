/** Polls every endpoint, twenty times a second, until it answers well; what fails is not ready yet. */
export async function main({ urls, signal, deadlineMs }: Scenario): Promise<string[]> {
  const results: string[] = [];
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException("not ready in time", "TimeoutError")), deadlineMs);
  const scope = AbortSignal.any([signal, deadline.signal]);

  const ask = async (url: string, asker: AbortSignal): Promise<string | undefined> => {
    try {
      const response = await fetch(url, { signal: asker });
      if (response.ok) return await response.text();
      await response.body?.cancel();
    } catch {
      // Refused, broken off or given up: no answer yet.
    }
    return undefined;
  };
  const untilReady = async (url: string): Promise<void> => {
    results.push(await pollUntil((asker) => ask(url, asker), { everyMs: 50, signal: scope }));
  };

  await Promise.allSettled(urls.map(untilReady));
  clearTimeout(timer);
  signal.throwIfAborted();
  return results;
}
