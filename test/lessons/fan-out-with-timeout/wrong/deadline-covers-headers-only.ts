// diagnosis: deadline-missed, never-settles - "once fetch has resolved the request is over, and so is its timeout"
export async function fanOutFetch(
  urls: readonly string[],
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  const { timeoutMs, signal } = options;
  if (signal.aborted) return { results: [], error: signal.reason };
  if (urls.length === 0) return { results: [], error: undefined };

  const results: string[] = [];
  const run = new AbortController();

  async function fetchWithTimeout(url: string): Promise<Response> {
    const timer = setTimeout(() => run.abort(new DOMException("Timed out", "TimeoutError")), timeoutMs);
    try {
      return await fetch(url, { signal: run.signal });
    } finally {
      clearTimeout(timer);
    }
  }

  async function load(url: string): Promise<void> {
    const response = await fetchWithTimeout(url);
    if (!response.ok) {
      response.body?.cancel().catch(() => {});
      return;
    }
    const body = await response.text();
    if (!run.signal.aborted) results.push(body);
  }

  const onAbort = () => run.abort(signal.reason);
  signal.addEventListener("abort", onAbort);
  const stopped = new Promise<void>((resolve) => {
    run.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  try {
    await Promise.race([stopped, Promise.allSettled(urls.map(load))]);
    return { results, error: run.signal.aborted ? run.signal.reason : undefined };
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
