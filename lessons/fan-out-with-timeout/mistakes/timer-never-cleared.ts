// diagnosis: timer-still-armed - the losing side of a race needs no clean-up
// seen in apify/crawlee #263
export async function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  const results: string[] = [];
  if (signal.aborted) return { results, error: signal.reason };

  const scope = new AbortController();
  const onAbort = () => scope.abort(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });

  const timeout = new Promise<void>((resolve) => {
    setTimeout(() => {
      scope.abort(new DOMException(`timed out after ${timeoutMs} ms`, "TimeoutError"));
      resolve();
    }, timeoutMs);
  });

  const collect = async (url: string) => {
    try {
      const response = await fetch(url, { signal: scope.signal });
      if (response.ok) results.push(await response.text());
      else await response.body?.cancel();
    } catch {
      // nothing to collect
    }
  };

  await Promise.race([Promise.all(urls.map(collect)), timeout]);
  signal.removeEventListener("abort", onAbort);
  return { results, error: scope.signal.aborted ? scope.signal.reason : undefined };
}
