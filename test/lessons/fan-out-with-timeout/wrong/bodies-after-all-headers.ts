// diagnosis: wrong-result, serial-not-parallel, order-lost - "first gather all the responses, then read all the bodies"
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

  async function open(url: string): Promise<Response | null> {
    try {
      return await fetch(url, { signal: controller.signal });
    } catch {
      return null; // a failed request contributes nothing
    }
  }

  async function read(response: Response | null): Promise<void> {
    if (response === null) return;
    try {
      if (!response.ok) {
        response.body?.cancel().catch(() => {});
        return;
      }
      const text = await response.text();
      if (!state.stop) results.push(text);
    } catch {
      // nor does a body that breaks off
    }
  }

  async function collectAll(): Promise<void> {
    const responses = await Promise.all(urls.map(open));
    await Promise.all(responses.map(read));
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
