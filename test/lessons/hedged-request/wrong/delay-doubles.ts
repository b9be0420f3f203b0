// diagnosis: deadline-missed, wrong-result - each hedge waits twice as long as the last
export function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  const watch = AbortSignal.any([options.signal]);
  if (watch.aborted) return Promise.reject(watch.reason);

  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const losers = new Set<AbortController>(); // all that still run
  const errors = new Map<number, unknown>();
  let started = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let open = true;

  const close = () => {
    open = false;
    clearTimeout(timer);
  };

  const start = async (): Promise<void> => {
    clearTimeout(timer);
    const attempt = ++started;
    const own = new AbortController();
    losers.add(own);
    if (attempt < options.maxAttempts) timer = setTimeout(start, options.hedgeAfterMs * 2 ** (attempt - 1));
    try {
      const value = await operation(AbortSignal.any([options.signal, own.signal]), attempt);
      losers.delete(own);
      if (!open) return;
      close();
      resolve(value);
      losers.forEach((loser) => loser.abort());
    } catch (error) {
      losers.delete(own);
      errors.set(attempt, error);
      if (!open) return;
      if (started < options.maxAttempts) void start();
      else if (losers.size === 0) {
        close();
        reject(new AggregateError(Array.from({ length: started }, (_, index) => errors.get(index + 1))));
      }
    }
  };

  watch.addEventListener("abort", () => {
    if (!open) return;
    close();
    reject(watch.reason);
  });
  void start();
  return promise;
}
