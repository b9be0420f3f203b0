// diagnosis: signal-not-passed-on, work-still-running - "once our promise has resolved the requests no longer matter"
export function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ results: [], error: signal.reason });
      return;
    }
    if (urls.length === 0) {
      resolve({ results: [], error: undefined });
      return;
    }

    const results: string[] = [];
    let pending = urls.length;
    let finished = false;

    const finish = (error: unknown) => {
      if (finished) return;
      finished = true;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      resolve({ results, error });
    };
    const onAbort = () => finish(signal.reason);
    const onDeadline = () => finish(new DOMException("Timed out", "TimeoutError"));
    const countDown = () => {
      pending -= 1;
      if (pending === 0) finish(undefined);
    };

    const timer = setTimeout(onDeadline, timeoutMs);
    signal.addEventListener("abort", onAbort);

    for (const url of urls) {
      fetch(url).then((response) => {
        if (response.status < 200 || response.status > 299) {
          response.body?.cancel().catch(() => undefined);
          countDown();
          return;
        }
        response.text().then((body) => {
          if (!finished) results.push(body);
          countDown();
        }, countDown);
      }, countDown);
    }
  });
}
