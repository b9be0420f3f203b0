/** Calls `operation` until it succeeds, with exponential backoff and full jitter in between. */
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
      // It is the signal that says whether the caller has given up, not the error's name: an attempt may have an
      // AbortError of its own, from a deadline of its own, and that one is worth another try.
      signal.throwIfAborted();
      if (attempt === maxAttempts || !isRetryable(error)) throw error;
    }
    // Full jitter: anything between nothing and the ceiling, so that those who failed together do not return together.
    const ceiling = Math.min(maxDelayMs, baseMs * 2 ** (attempt - 1));
    await sleep(Math.random() * ceiling, signal);
  }
}

/** Settles like `work`, or with the signal's reason as soon as that aborts; then nobody waits for the work any more. */
function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(signal.reason);
    };
    signal.addEventListener("abort", leave, { once: true }); // before the work starts: nothing falls in between
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

/** Resolves after `ms`, or rejects with the signal's reason as soon as that aborts. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason); // whoever was asked whether it is worth another try may have given up instead
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
