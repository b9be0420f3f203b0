// style: async/await on AbortSignal.any and AbortSignal.timeout, nothing to clean up by hand
export async function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  if (signal.aborted) return { results: [], error: signal.reason };

  const scope = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const results: string[] = [];
  await Promise.allSettled(
    urls.map(async (url) => {
      const response = await fetch(url, { signal: scope });
      if (!response.ok) return response.body?.cancel();
      results.push(await response.text());
    }),
  );
  return { results, error: scope.aborted ? scope.reason : undefined };
}
