// diagnosis: batched-not-sliding, serial-not-parallel - "do not open everything at once: go through the list in small batches"
export async function fanOutFetch(
  urls: readonly string[],
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  const { signal, timeoutMs } = options;
  const results: string[] = [];
  if (signal.aborted) return { results, error: signal.reason };

  const own = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort: (() => void) | undefined;
  let open = true;

  const load = async (url: string): Promise<void> => {
    const response = await fetch(url, { signal: own.signal });
    if (!response.ok) return; // its body is let go by the abort below
    const text = await response.text();
    if (open) results.push(text);
  };

  const loadAll = async (): Promise<{ error: unknown }> => {
    for (let start = 0; start < urls.length && open; start += 3) {
      await Promise.allSettled(urls.slice(start, start + 3).map(load));
    }
    return { error: undefined };
  };

  try {
    const interrupted = new Promise<{ error: unknown }>((resolve) => {
      timer = setTimeout(() => resolve({ error: new DOMException("Timed out", "TimeoutError") }), timeoutMs);
      onAbort = () => resolve({ error: signal.reason });
      signal.addEventListener("abort", onAbort);
    });
    const { error } = await Promise.race([interrupted, loadAll()]);
    return { results, error };
  } finally {
    open = false;
    own.abort();
    clearTimeout(timer);
    if (onAbort) signal.removeEventListener("abort", onAbort);
  }
}
