// style: recursion over signals of the platform: a wait is AbortSignal.any of the caller and AbortSignal.timeout
type Options = {
  maxAttempts: number;
  baseMs: number;
  maxDelayMs: number;
  signal: AbortSignal;
  isRetryable?: (error: unknown) => boolean;
};

/** Resolves once the signal has aborted. */
const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve());
  });

export async function retry<T>(
  operation: (attempt: number, signal: AbortSignal) => Promise<T>,
  options: Options,
): Promise<T> {
  const caller = AbortSignal.any([options.signal]);
  const gaveUp = aborted(caller).then(() => Promise.reject(options.signal.reason));
  gaveUp.catch(() => undefined);

  const from = async (attempt: number): Promise<T> => {
    options.signal.throwIfAborted();
    try {
      return await Promise.race([operation(attempt, caller), gaveUp]);
    } catch (error) {
      options.signal.throwIfAborted();
      if (attempt >= options.maxAttempts) throw error;
      if (options.isRetryable && !options.isRetryable(error)) throw error;
    }
    const ms = Math.floor(Math.random() * Math.min(options.maxDelayMs, options.baseMs * 2 ** (attempt - 1)));
    await aborted(AbortSignal.any([caller, AbortSignal.timeout(ms)]));
    return from(attempt + 1);
  };
  return from(1);
}
