// style: terse senior
export async function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  const results: string[] = [];
  if (signal.aborted) return { results, error: signal.reason };
  const end = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const ended = new Promise((resolve) => end.addEventListener("abort", resolve));
  const get = async (url: string) => {
    const response = await fetch(url, { signal: end });
    if (response.ok) results.push(await response.text());
    else response.body?.cancel().catch(() => {});
  };
  await Promise.race([ended, Promise.allSettled(urls.map(get))]);
  return { results: results.slice(), error: end.aborted ? end.reason : undefined };
}
