// Callbacks, one countdown, one promise.
export function fanOutFetch(
  urls: readonly string[],
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  return new Promise((resolve) => {
    const { signal, timeoutMs } = options;
    const collected: string[] = [];
    if (signal.aborted) return resolve({ results: collected, error: signal.reason });
    let open = urls.length;
    if (open === 0) return resolve({ results: collected, error: undefined });
    let done = false;
    const controllers: AbortController[] = [];

    function finish(error: unknown): void {
      if (done) return;
      done = true;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      resolve({ results: collected.slice(), error });
      for (const controller of controllers) controller.abort();
    }
    function onAbort(): void {
      finish(signal.reason);
    }
    function countDown(): void {
      open -= 1;
      if (open === 0) finish(undefined);
    }
    const timer = setTimeout(function () {
      finish(new DOMException("The deadline has passed", "TimeoutError"));
    }, timeoutMs);
    signal.addEventListener("abort", onAbort);
    urls.forEach(function (url) {
      const controller = new AbortController();
      controllers.push(controller);
      fetch(url, { signal: controller.signal })
        .then(function (response) {
          if (!response.ok) {
            controller.abort();
            return undefined;
          }
          return response.text();
        })
        .then(
          function (text) {
            if (!done && text !== undefined) collected.push(text);
            countDown();
          },
          function () {
            countDown();
          },
        );
    });
  });
}
