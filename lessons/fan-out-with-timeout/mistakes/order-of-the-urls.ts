// diagnosis: order-lost - results belong in the order of the URLs, as Promise.allSettled gives them
export async function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  if (signal.aborted) return { results: [], error: signal.reason };

  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException("Too late", "TimeoutError")), timeoutMs);
  const scope = AbortSignal.any([signal, deadline.signal]);

  const read = async (url: string): Promise<string> => {
    const response = await fetch(url, { signal: scope });
    if (response.ok) return response.text();
    await response.body?.cancel();
    throw new Error(`HTTP ${response.status}`);
  };

  const settled = await Promise.allSettled(urls.map(read));
  clearTimeout(timer);
  return {
    results: settled.filter((one) => one.status === "fulfilled").map((one) => one.value),
    error: scope.aborted ? scope.reason : undefined,
  };
}
