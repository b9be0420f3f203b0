// diagnosis: unhandled-rejection - a try/catch around each await catches whatever the jobs throw
export async function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  const results: string[] = [];
  if (signal.aborted) return { results, error: signal.reason };

  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort(new DOMException(`gave up after ${timeoutMs} ms`, "TimeoutError"));
  }, timeoutMs);
  const scope = AbortSignal.any([signal, deadline.signal]);

  const jobs = urls.map(async (url) => {
    const response = await fetch(url, { signal: scope });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`${url} answered with ${response.status}`);
    }
    results.push(await response.text());
  });

  // All of them are running; now wait for one after the other.
  for (const job of jobs) {
    try {
      await job;
    } catch {
      // this URL contributes nothing
    }
  }

  clearTimeout(timer);
  return { results, error: scope.aborted ? scope.reason : undefined };
}
