// diagnosis: signal-not-passed-on - whoever loses a Promise.race is cancelled
// seen in e2b-dev/E2B #1312
export async function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  if (signal.aborted) return { results: [], error: signal.reason };

  const arrived: string[] = [];
  const collect = async (url: string): Promise<void> => {
    try {
      const response = await fetch(url);
      if (response.ok) arrived.push(await response.text());
      else await response.body?.cancel();
    } catch {
      // an unreachable server has nothing to contribute
    }
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort = () => {};
  const interrupted = new Promise<{ error: unknown }>((resolve) => {
    timer = setTimeout(() => resolve({ error: new DOMException("Timed out", "TimeoutError") }), timeoutMs);
    onAbort = () => resolve({ error: signal.reason });
    signal.addEventListener("abort", onAbort);
  });
  const finished = Promise.all(urls.map(collect)).then(() => ({ error: undefined }));

  const { error } = await Promise.race([finished, interrupted]);
  clearTimeout(timer);
  signal.removeEventListener("abort", onAbort);
  return { results: [...arrived], error };
}
