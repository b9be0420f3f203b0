// style: a single new Promise, callbacks, counters
export function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  const { hedgeAfterMs, maxAttempts, signal } = options;
  return new Promise<T>((resolve, reject) => {
    const controllers: AbortController[] = [];
    const errors: unknown[] = [];
    let failed = 0;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function end(winner: AbortController | undefined, reason: unknown): void {
      over = true;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      for (const controller of controllers) {
        if (controller !== winner) controller.abort(reason);
      }
    }
    function onAbort(): void {
      end(undefined, signal.reason);
      reject(signal.reason);
    }
    function start(): void {
      clearTimeout(timer);
      const controller = new AbortController();
      const index = controllers.push(controller) - 1;
      const running = operation(controller.signal, index + 1);
      running.then(
        (value) => {
          if (over) return;
          end(controller, new DOMException("another attempt was faster", "AbortError"));
          resolve(value);
        },
        (error) => {
          if (over) return;
          errors[index] = error;
          failed += 1;
          if (controllers.length < maxAttempts) start();
          else if (failed === maxAttempts) {
            end(undefined, error);
            reject(new AggregateError(errors, "all attempts failed"));
          }
        },
      );
      if (!over && controllers.length < maxAttempts) timer = setTimeout(start, hedgeAfterMs);
    }

    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener("abort", onAbort);
    start();
  });
}
