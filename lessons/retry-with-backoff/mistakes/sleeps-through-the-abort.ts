// diagnosis: late-after-abort - the signal is looked at before each attempt, and that is soon enough
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
  const { maxAttempts, baseMs, maxDelayMs, signal, isRetryable = () => true } = options;
  signal.throwIfAborted();
  for (let attempt = 1; ; attempt++) {
    try {
      return await unlessAborted(signal, () => operation(attempt, signal));
    } catch (error) {
      signal.throwIfAborted();
      if (attempt === maxAttempts || !isRetryable(error)) throw error;
    }
    await new Promise<void>((resolve) => {
      setTimeout(resolve, Math.random() * Math.min(maxDelayMs, baseMs * 2 ** (attempt - 1)));
    });
    signal.throwIfAborted();
  }
}

function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", leave));
  });
}
