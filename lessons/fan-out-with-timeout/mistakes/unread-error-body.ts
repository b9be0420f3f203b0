// diagnosis: resource-not-released - a response that nobody looks at takes care of itself
// seen in sanity-io/sanity #12681
export async function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  const results: string[] = [];
  if (signal.aborted) return { results, error: signal.reason };

  const scope = new AbortController();
  const follow = () => scope.abort(signal.reason);
  signal.addEventListener("abort", follow, { once: true });
  const timer = setTimeout(() => scope.abort(new DOMException("Deadline exceeded", "TimeoutError")), timeoutMs);

  const collect = async (url: string): Promise<void> => {
    const response = await fetch(url, { signal: scope.signal });
    if (!response.ok) return;
    results.push(await response.text());
  };

  await Promise.allSettled(urls.map(collect));
  clearTimeout(timer);
  signal.removeEventListener("abort", follow);
  return { results, error: scope.signal.aborted ? scope.signal.reason : undefined };
}
