// style: the technique of p-retry: an outer promise, a wait that races with the abort, every way out through one finally
interface Options {
  maxAttempts: number;
  baseMs: number;
  maxDelayMs: number;
  signal: AbortSignal;
  isRetryable?: (error: unknown) => boolean;
}

const delayBefore = (wait: number, { baseMs, maxDelayMs }: Options): number =>
  Math.round(Math.random() * Math.min(maxDelayMs, baseMs * Math.pow(2, wait - 1)));

export function retry<T>(
  operation: (attempt: number, signal: AbortSignal) => Promise<T>,
  options: Options,
): Promise<T> {
  const { signal, maxAttempts } = options;
  if (signal.aborted) return Promise.reject(signal.reason);
  let cleanUp = (): void => undefined;
  return new Promise<T>((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let finished = false;
    const onAbort = (): void => {
      finished = true;
      reject(signal.reason);
    };
    cleanUp = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    };
    signal.addEventListener("abort", onAbort);

    const attempt = async (number: number): Promise<void> => {
      try {
        resolve(await operation(number, signal));
      } catch (error) {
        if (finished) return;
        const hopeless = options.isRetryable !== undefined && !options.isRetryable(error);
        if (hopeless || number >= maxAttempts) return reject(error);
        timer = setTimeout(() => void attempt(number + 1), delayBefore(number, options));
      }
    };
    void attempt(1);
  }).finally(() => cleanUp());
}
