// Promise.race between "all are in" and "it is over", with one promise for what ends it.
export async function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  if (signal.aborted) return { results: [], error: signal.reason };
  const results: string[] = [];
  const cleanups: (() => void)[] = [];
  const stop = new AbortController();
  let over = false;
  const ended = new Promise<{ reason: unknown }>((resolve) => {
    const onAbort = (): void => resolve({ reason: signal.reason });
    signal.addEventListener("abort", onAbort);
    cleanups.push(() => signal.removeEventListener("abort", onAbort));
    const timer = setTimeout(() => resolve({ reason: new DOMException("too late", "TimeoutError") }), timeoutMs);
    cleanups.push(() => clearTimeout(timer));
  });
  const one = async (url: string): Promise<void> => {
    const response = await fetch(url, { signal: stop.signal });
    if (response.status < 200 || response.status > 299) {
      await response.body?.cancel();
      return;
    }
    const text = await response.text();
    if (!over) results.push(text);
  };
  const all = Promise.allSettled(urls.map(one)).then(() => undefined);
  try {
    const winner = await Promise.race([all, ended]);
    over = true;
    return { results, error: winner === undefined ? undefined : winner.reason };
  } finally {
    for (const cleanup of cleanups) cleanup();
    stop.abort();
  }
}
