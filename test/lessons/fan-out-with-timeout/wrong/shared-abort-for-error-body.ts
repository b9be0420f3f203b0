// diagnosis: one-cancels-all, wrong-result - "controller.abort() hangs up on the bad answer only"
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
      clearTimeout(timer);
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
      if (pending === 0) finish(undefined);
    };

    const timer = setTimeout(onDeadline, timeoutMs);
    signal.addEventListener("abort", onAbort);

    for (const url of urls) {
      fetch(url, { signal: controller.signal }).then((response) => {
        if (response.status < 200 || response.status > 299) {
          controller.abort();
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
