// style: one end-of-call controller; every listener is added with its signal, and delays come from a generator
function* delays(baseMs: number, maxDelayMs: number): Generator<number, never> {
  for (let ceiling = baseMs; ; ceiling *= 2) yield Math.random() * Math.min(ceiling, maxDelayMs);
}

export async function retry<T>(
  operation: (attempt: number, signal: AbortSignal) => Promise<T>,
  options: {
    maxAttempts: number;
    baseMs: number;
    maxDelayMs: number;
    signal: AbortSignal;
    isRetryable?: (error: unknown) => boolean;
  },
): Promise<T> {
  const { signal, maxAttempts, isRetryable } = options;
  if (signal.aborted) throw signal.reason;
  const end = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { signal: end.signal });
  });
  aborted.catch(() => undefined);
  const wait = delays(options.baseMs, options.maxDelayMs);
  let attempt = 1;
  try {
    for (;;) {
      try {
        return await Promise.race([aborted, operation(attempt, AbortSignal.any([signal]))]);
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        const last = attempt >= maxAttempts || (isRetryable !== undefined && !isRetryable(error));
        if (last) throw error;
      }
      attempt++;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, wait.next().value)));
      await Promise.race([aborted, over]).finally(() => clearTimeout(timer));
    }
  } finally {
    end.abort();
  }
}
