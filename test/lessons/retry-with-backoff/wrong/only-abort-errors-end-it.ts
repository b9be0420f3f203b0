// diagnosis: late-after-abort, retried-after-abort - whoever aborts does it with an AbortError
type RetryOptions = {
  maxAttempts: number;
  baseMs: number;
  maxDelayMs: number;
  signal: AbortSignal;
  isRetryable?: (error: unknown) => boolean;
};

const abortable = <T>(
  signal: AbortSignal,
  begin: (done: (value: T) => void, fail: (error: unknown) => void) => () => void,
): Promise<T> => {
  if (signal.aborted) return Promise.reject(signal.reason);
  let cleanUp = () => {};
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort);
    cleanUp = () => signal.removeEventListener("abort", onAbort);
    const stop = begin(resolve, reject);
    cleanUp = () => {
      signal.removeEventListener("abort", onAbort);
      stop();
    };
  }).finally(() => cleanUp());
};

export function retry<T>(
  operation: (attempt: number, signal: AbortSignal) => Promise<T>,
  options: RetryOptions,
): Promise<T> {
  const { maxAttempts, baseMs, maxDelayMs, signal } = options;

  const attempt = (n: number): Promise<T> =>
    abortable<T>(signal, (done, fail) => {
      operation(n, signal).then(done, fail);
      return () => {};
    }).catch((error: unknown) => {
      if (signal.aborted && (error as Error | null)?.name === "AbortError") throw signal.reason;
      const again = n < maxAttempts && (options.isRetryable === undefined || options.isRetryable(error));
      if (!again) throw error;
      const ceiling = Math.min(maxDelayMs, baseMs * 2 ** (n - 1));
      let timer: ReturnType<typeof setTimeout>;
      let onAbort: () => void;
      return new Promise<void>((done, fail) => {
        onAbort = () => fail(signal.reason);
        signal.addEventListener("abort", onAbort);
        timer = setTimeout(done, Math.random() * ceiling);
      })
        .finally(() => {
          clearTimeout(timer);
          signal.removeEventListener("abort", onAbort);
        })
        .then(() => attempt(n + 1));
    });

  return attempt(1);
}
