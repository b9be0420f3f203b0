// diagnosis: serial-not-parallel - "await in a for loop still runs them side by side, each one only waits for itself"
export async function fanOutFetch(
  urls: readonly string[],
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  const { timeoutMs, signal } = options;
  if (signal.aborted) return { results: [], error: signal.reason };
  if (urls.length === 0) return { results: [], error: undefined };

  const results: string[] = [];
  const controller = new AbortController();
  const state: { stop: { reason: unknown } | null } = { stop: null };
  let wake: () => void = () => {};
  const stopped = new Promise<void>((resolve) => {
    wake = resolve;
  });

  function halt(reason: unknown): void {
    if (state.stop) return;
    state.stop = { reason };
    wake();
    controller.abort(reason);
  }

  async function collect(url: string): Promise<void> {
    try {
      const response = await fetch(url, { signal: controller.signal });
      if (!response.ok) {
        response.body?.cancel().catch(() => {});
        return;
      }
      const text = await response.text();
      if (!state.stop) results.push(text);
    } catch {
      // a failed request contributes nothing
    }
  }

  async function collectAll(): Promise<void> {
    for (const url of urls) {
      if (state.stop) return;
      await collect(url);
    }
  }

  const onAbort = () => halt(signal.reason);
  const timer = setTimeout(() => halt(new DOMException("The fan-out timed out", "TimeoutError")), timeoutMs);
  signal.addEventListener("abort", onAbort);
  try {
    await Promise.race([collectAll(), stopped]);
    return { results, error: state.stop ? state.stop.reason : undefined };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
