// style: one controller of its own, aborted in `finally`: lets go of unread error bodies and of stragglers alike
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

  try {
    const interrupted = new Promise<{ error: unknown }>((resolve) => {
      timer = setTimeout(() => resolve({ error: new DOMException("Timed out", "TimeoutError") }), timeoutMs);
      onAbort = () => resolve({ error: signal.reason });
      signal.addEventListener("abort", onAbort);
    });
    const done = Promise.allSettled(urls.map(load)).then(() => ({ error: undefined as unknown }));
    const { error } = await Promise.race([interrupted, done]);
    return { results, error };
  } finally {
    open = false;
    own.abort();
    clearTimeout(timer);
    if (onAbort) signal.removeEventListener("abort", onAbort);
  }
}
