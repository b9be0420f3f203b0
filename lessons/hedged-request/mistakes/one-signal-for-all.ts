// diagnosis: one-cancels-all - when the answer is here, the signal has done its duty and can be aborted
// seen in go-resty/resty PR #1197 (Go)
export function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  const { hedgeAfterMs, maxAttempts, signal } = options;
  if (signal.aborted) return Promise.reject(signal.reason);

  return new Promise<T>((resolve, reject) => {
    const scope = new AbortController();
    const errors: unknown[] = [];
    let started = 0;
    let failed = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const end = (reason?: unknown) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      scope.abort(reason);
    };
    const onAbort = () => {
      end(signal.reason);
      reject(signal.reason);
    };
    const start = () => {
      const attempt = ++started;
      clearTimeout(timer);
      if (attempt < maxAttempts) timer = setTimeout(start, hedgeAfterMs);
      operation(scope.signal, attempt).then(
        (value) => {
          if (scope.signal.aborted) return;
          end();
          resolve(value);
        },
        (error: unknown) => {
          if (scope.signal.aborted) return;
          errors[attempt - 1] = error;
          failed++;
          if (started < maxAttempts) start();
          else if (failed === maxAttempts) {
            end();
            reject(new AggregateError(errors));
          }
        },
      );
    };
    signal.addEventListener("abort", onAbort);
    start();
  });
}
