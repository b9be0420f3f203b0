// diagnosis: timer-still-armed - "the timer has to go when the last answer is in; an abort ends everything anyway"
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
    const controller = new AbortController();
    let pending = urls.length;
    let finished = false;

    const finish = (error: unknown) => {
      if (finished) return;
      finished = true;
      signal.removeEventListener("abort", onAbort);
      resolve({ results, error });
    };
    const stop = (reason: unknown) => {
      finish(reason);
      controller.abort(reason);
    };
    const onAbort = () => stop(signal.reason);
    const onDeadline = () => stop(new DOMException("Timed out", "TimeoutError"));
    const countDown = () => {
      pending -= 1;
      if (finished || pending > 0) return;
      clearTimeout(timer);
      finish(undefined);
    };

    const timer = setTimeout(onDeadline, timeoutMs);
    signal.addEventListener("abort", onAbort);

    for (const url of urls) {
      fetch(url, { signal: controller.signal }).then((response) => {
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
