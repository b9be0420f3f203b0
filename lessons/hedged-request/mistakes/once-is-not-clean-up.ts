// diagnosis: listener-left-on-signal - { once: true } takes the listener away when it is no longer needed
// seen in anthropics/anthropic-sdk-typescript PR #895
export function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  const { hedgeAfterMs, maxAttempts, signal } = options;
  if (signal.aborted) return Promise.reject(signal.reason);

  return new Promise<T>((resolve, reject) => {
    const running = new Map<number, AbortController>();
    const errors: unknown[] = [];
    let started = 0;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const end = () => {
      over = true;
      clearTimeout(timer);
      for (const controller of running.values()) controller.abort();
    };
    const onAbort = () => {
      end();
      reject(signal.reason);
    };
    const start = () => {
      const attempt = ++started;
      clearTimeout(timer);
      if (attempt < maxAttempts) timer = setTimeout(start, hedgeAfterMs);
      const controller = new AbortController();
      running.set(attempt, controller);
      operation(controller.signal, attempt).then(
        (value) => {
          running.delete(attempt);
          if (over) return;
          end();
          resolve(value);
        },
        (error: unknown) => {
          running.delete(attempt);
          if (over) return;
          errors[attempt - 1] = error;
          if (started < maxAttempts) start();
          else if (running.size === 0) {
            end();
            reject(new AggregateError(errors, "all attempts failed"));
          }
        },
      );
    };
    signal.addEventListener("abort", onAbort, { once: true });
    start();
  });
}
