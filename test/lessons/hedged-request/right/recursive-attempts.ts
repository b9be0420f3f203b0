// style: functional, each attempt is a function that knows how to start the next; signals joined with AbortSignal.any
export async function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  { hedgeAfterMs, maxAttempts, signal }: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  if (signal.aborted) throw signal.reason;

  const losers = new Map<number, AbortController>();
  const errors = new Map<number, unknown>();
  let latest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  return await new Promise<T>((resolve, reject) => {
    const close = () => {
      latest = Number.POSITIVE_INFINITY;
      clearTimeout(timer);
      losers.forEach((controller) => controller.abort());
      own.abort();
    };
    // A listener on a signal of our own: it goes with the race.
    const own = new AbortController();
    const listen = AbortSignal.any([signal]);
    listen.addEventListener(
      "abort",
      () => {
        if (own.signal.aborted) return;
        close();
        reject(signal.reason);
      },
      { once: true },
    );

    const attempt = async (number: number): Promise<void> => {
      latest = number;
      clearTimeout(timer);
      if (number < maxAttempts) timer = setTimeout(attempt, hedgeAfterMs, number + 1);
      const stop = new AbortController();
      losers.set(number, stop);
      const [result] = await Promise.allSettled([operation(stop.signal, number)]);
      losers.delete(number);
      if (latest > maxAttempts) return;
      if (result.status === "fulfilled") {
        close();
        resolve(result.value);
        return;
      }
      errors.set(number, result.reason);
      if (latest < maxAttempts) return attempt(latest + 1);
      if (losers.size > 0) return;
      close();
      reject(new AggregateError([...errors].sort(([a], [b]) => a - b).map(([, error]) => error)));
    };
    void attempt(1);
  });
}
