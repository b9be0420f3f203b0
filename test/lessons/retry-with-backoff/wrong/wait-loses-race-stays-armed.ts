// diagnosis: timer-still-armed - the loser of a race is over
type Outcome<T> = { ok: true; value: T } | { ok: false; error: unknown };

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
  const own = AbortSignal.any([options.signal]);
  own.throwIfAborted();
  const aborted = new Promise<void>((resolve) => own.addEventListener("abort", () => resolve()));

  for (let attempt = 1; attempt <= options.maxAttempts; attempt++) {
    const outcome = await Promise.race([
      aborted,
      operation(attempt, own).then(
        (value): Outcome<T> => ({ ok: true, value }),
        (error): Outcome<T> => ({ ok: false, error }),
      ),
    ]);
    if (outcome?.ok) return outcome.value;
    own.throwIfAborted();
    const { error } = outcome as { error: unknown };
    if (attempt === options.maxAttempts) throw error;
    if (options.isRetryable && !options.isRetryable(error)) throw error;
    own.throwIfAborted();

    const cap = Math.min(options.maxDelayMs, options.baseMs * 2 ** (attempt - 1));
    const slept = new Promise<void>((resolve) => {
      setTimeout(resolve, Math.random() * cap);
    });
    await Promise.race([aborted, slept]);
    own.throwIfAborted();
  }
  throw new RangeError("maxAttempts must be at least 1");
}
