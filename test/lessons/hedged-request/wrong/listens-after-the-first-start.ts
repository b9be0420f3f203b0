// diagnosis: late-after-abort, never-settles, work-still-running, signal-not-passed-on, timer-still-armed - nothing can abort while the operation is being called
export function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  { hedgeAfterMs, maxAttempts, signal }: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);

  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const racing = new Set<AbortController>();
  const errors: unknown[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function end(reason?: unknown): void {
    clearTimeout(timer);
    signal.removeEventListener("abort", giveUp);
    for (const controller of racing) controller.abort(reason);
    racing.clear();
  }

  function giveUp(): void {
    end(signal.reason);
    reject(signal.reason);
  }

  async function start(): Promise<void> {
    const attempt = errors.push(undefined);
    clearTimeout(timer);
    if (attempt < maxAttempts) timer = setTimeout(start, hedgeAfterMs);

    const own = new AbortController();
    racing.add(own);
    try {
      const value = await operation(own.signal, attempt);
      if (!racing.delete(own)) return;
      end();
      resolve(value);
    } catch (error) {
      if (!racing.delete(own)) return;
      errors[attempt - 1] = error;
      if (errors.length < maxAttempts) void start();
      else if (racing.size === 0) {
        end();
        reject(new AggregateError(errors, "all attempts failed"));
      }
    }
  }

  void start();
  signal.addEventListener("abort", giveUp);
  return promise;
}
