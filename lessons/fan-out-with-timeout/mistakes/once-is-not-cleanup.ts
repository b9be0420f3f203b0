// diagnosis: listener-left-on-signal - `once: true` takes the listener away when the work is done
// seen in anthropics/anthropic-sdk-typescript PR #895
export async function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  if (signal.aborted) return { results: [], error: signal.reason };

  const scope = new AbortController();
  signal.addEventListener("abort", () => scope.abort(signal.reason), { once: true });
  const timer = setTimeout(() => {
    scope.abort(new DOMException("deadline exceeded", "TimeoutError"));
  }, timeoutMs);

  const results: string[] = [];
  const fetchOne = async (url: string): Promise<void> => {
    const response = await fetch(url, { signal: scope.signal });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`${url} answered ${response.status}`);
    }
    results.push(await response.text());
  };

  try {
    await Promise.allSettled(urls.map(fetchOne));
    return { results, error: scope.signal.aborted ? scope.signal.reason : undefined };
  } finally {
    clearTimeout(timer);
  }
}
