// diagnosis: wrong-result - after eight doublings the wait is long enough
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
    const ceiling = Math.min(maxDelayMs, baseMs * 2 ** Math.min(attempt - 1, 8));
    await sleep(Math.random() * ceiling, signal);
  }
}

function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(signal.reason);
    };
    signal.addEventListener("abort", leave, { once: true });
    work().then(
      (value) => {
        signal.removeEventListener("abort", leave);
        resolve(value);
      },
      (error: unknown) => {
        signal.removeEventListener("abort", leave);
        reject(error);
      },
    );
  });
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
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
