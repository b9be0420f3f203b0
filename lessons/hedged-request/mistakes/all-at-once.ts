// diagnosis: stampede - the more attempts run from the start, the sooner the fastest of them is here
export async function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  const { maxAttempts, signal } = options;
  signal.throwIfAborted();

  const controllers = Array.from({ length: maxAttempts }, () => new AbortController());
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  let winner = -1;
  try {
    const attempts = controllers.map(async (own, index) => {
      const value = await operation(own.signal, index + 1);
      return { value, index };
    });
    const first = await Promise.race([Promise.any(attempts), aborted.promise]);
    winner = first.index;
    return first.value;
  } finally {
    signal.removeEventListener("abort", onAbort);
    controllers.forEach((controller, index) => {
      if (index !== winner) controller.abort();
    });
  }
}
