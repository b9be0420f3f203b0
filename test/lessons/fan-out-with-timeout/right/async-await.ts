// style: async/await, one shared controller, a race between "all done" and "stopped"
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

  const onAbort = () => halt(signal.reason);
  const timer = setTimeout(() => halt(new DOMException("The fan-out timed out", "TimeoutError")), timeoutMs);
  signal.addEventListener("abort", onAbort);
  try {
    await Promise.race([Promise.all(urls.map(collect)), stopped]);
    return { results, error: state.stop ? state.stop.reason : undefined };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
