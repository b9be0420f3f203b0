export function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  { hedgeAfterMs, maxAttempts, signal }: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);

  const { promise, resolve, reject } = Promise.withResolvers<T>();
  /** One controller for each attempt that is still in the race, so that one of them can be spared. */
  const racing = new Set<AbortController>();
  /** A place for each attempt that has started, in order: its length says how many there are. */
  const errors: unknown[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  // The end of the race, whatever it is. Whoever is still in it is told to stop, and nobody waits for them.
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
    // The one timer counts from the latest start, whatever made this attempt start.
    clearTimeout(timer);
    if (attempt < maxAttempts) timer = setTimeout(start, hedgeAfterMs);

    const own = new AbortController();
    racing.add(own);
    try {
      const value = await operation(own.signal, attempt);
      if (!racing.delete(own)) return; // came second, or after the caller had left
      end(); // the winner has left the race and keeps its signal: what it answered may still have a body to read
      resolve(value);
    } catch (error) {
      if (!racing.delete(own)) return; // a loser's error is handled by being looked at, and means nothing
      errors[attempt - 1] = error;
      if (errors.length < maxAttempts) void start();
      else if (racing.size === 0) {
        end();
        reject(new AggregateError(errors, "all attempts failed"));
      }
    }
  }

  signal.addEventListener("abort", giveUp);
  void start();
  return promise;
}
