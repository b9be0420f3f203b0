// diagnosis: retried-after-abort - an attempt that was aborted has failed, and what has failed is tried again
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
      if (attempt === maxAttempts || !isRetryable(error)) throw error;
    }
    await sleep(Math.random() * Math.min(maxDelayMs, baseMs * 2 ** (attempt - 1)), signal);
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

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", wake);
      resolve();
    }, ms);
    function wake(): void {
      clearTimeout(timer);
      reject(signal.reason);
    }
    signal.addEventListener("abort", wake, { once: true });
  });
}
