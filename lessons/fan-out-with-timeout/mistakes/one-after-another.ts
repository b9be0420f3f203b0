// diagnosis: serial-not-parallel - an async function does not block, so awaiting in a loop is concurrent
export async function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  const results: string[] = [];
  if (signal.aborted) return { results, error: signal.reason };

  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException("time is up", "TimeoutError")), timeoutMs);
  const scope = AbortSignal.any([signal, deadline.signal]);
  try {
    for (const url of urls) {
      if (scope.aborted) break;
      try {
        const response = await fetch(url, { signal: scope });
        if (response.ok) results.push(await response.text());
        else await response.body?.cancel();
      } catch {
        // go on with the next one
      }
    }
    return { results, error: scope.aborted ? scope.reason : undefined };
  } finally {
    clearTimeout(timer);
  }
}
