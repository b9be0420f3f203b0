// style: an async generator hands out the numbers of attempts and does the waiting; results are values, not exceptions
interface Options {
  maxAttempts: number;
  baseMs: number;
  maxDelayMs: number;
  signal: AbortSignal;
  isRetryable?: (error: unknown) => boolean;
}

async function* attempts({ maxAttempts, baseMs, maxDelayMs }: Options, gone: Promise<never>): AsyncGenerator<number> {
  for (let attempt = 1, ceiling = baseMs; attempt <= maxAttempts; attempt++, ceiling *= 2) {
    yield attempt;
    if (attempt === maxAttempts) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await Promise.race([
        gone,
        new Promise((resolve) => {
          timer = setTimeout(resolve, Math.random() * Math.min(ceiling, maxDelayMs));
        }),
      ]);
    } finally {
      clearTimeout(timer);
    }
  }
}

export async function retry<T>(
  operation: (attempt: number, signal: AbortSignal) => Promise<T>,
  options: Options,
): Promise<T> {
  const { signal } = options;
  signal.throwIfAborted();
  const scope = AbortSignal.any([signal]);
  const gone = new Promise<never>((_, reject) => {
    scope.addEventListener("abort", () => reject(scope.reason));
  });
  gone.catch(() => undefined);
  let failure: unknown;
  for await (const attempt of attempts(options, gone)) {
    const [result] = await Promise.race([gone, Promise.allSettled([operation(attempt, scope)])]);
    if (result.status === "fulfilled") return result.value;
    scope.throwIfAborted();
    failure = result.reason;
    if (options.isRetryable?.(failure) === false) break;
  }
  throw failure;
}
