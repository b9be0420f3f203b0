// diagnosis: one-cancels-all - with one answer missing the set is incomplete anyway, so the rest can stop
export async function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  const results: string[] = [];
  if (signal.aborted) return { results, error: signal.reason };

  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException("deadline", "TimeoutError")), timeoutMs);
  const scope = AbortSignal.any([signal, deadline.signal]);
  const siblings = new AbortController();
  const requests = AbortSignal.any([scope, siblings.signal]);

  try {
    await Promise.all(
      urls.map(async (url) => {
        const response = await fetch(url, { signal: requests });
        if (!response.ok) {
          await response.body?.cancel();
          throw new Error(`${url}: status ${response.status}`);
        }
        results.push(await response.text());
      }),
    );
  } catch {
    siblings.abort();
  } finally {
    clearTimeout(timer);
  }
  return { results, error: scope.aborted ? scope.reason : undefined };
}
