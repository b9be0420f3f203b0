// diagnosis: wrong-result - fetch rejects when the server answers with an error
export async function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  if (signal.aborted) return { results: [], error: signal.reason };

  const scope = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const results: string[] = [];
  const collect = (url: string): Promise<void> =>
    fetch(url, { signal: scope })
      .then((response) => response.text())
      .then(
        (body) => {
          results.push(body);
        },
        () => undefined, // a server that fails is left out
      );

  await Promise.all(urls.map(collect));
  return { results, error: scope.aborted ? scope.reason : undefined };
}
