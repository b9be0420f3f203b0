// diagnosis: deadline-missed - when fetch has resolved, the answer is here and the timer has done its duty
export async function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  if (signal.aborted) return { results: [], error: signal.reason };

  const results: string[] = [];
  let timeout: DOMException | undefined;

  const fetchWithTimeout = async (url: string): Promise<Response> => {
    const request = new AbortController();
    const timer = setTimeout(() => {
      timeout ??= new DOMException(`no answer within ${timeoutMs} ms`, "TimeoutError");
      request.abort(timeout);
    }, timeoutMs);
    try {
      return await fetch(url, { signal: AbortSignal.any([signal, request.signal]) });
    } finally {
      clearTimeout(timer);
    }
  };

  const collect = async (url: string): Promise<void> => {
    try {
      const response = await fetchWithTimeout(url);
      if (response.ok) results.push(await response.text());
      else await response.body?.cancel();
    } catch {
      // failed, timed out or aborted
    }
  };

  await Promise.all(urls.map(collect));
  return { results, error: timeout ?? (signal.aborted ? signal.reason : undefined) };
}
