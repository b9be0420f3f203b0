// style: a single new Promise, callbacks, one abort listener for the whole call
export function retry<T>(
  operation: (attempt: number, signal: AbortSignal) => Promise<T>,
  options: {
    maxAttempts: number;
    baseMs: number;
    maxDelayMs: number;
    signal: AbortSignal;
    isRetryable?: (error: unknown) => boolean;
  },
): Promise<T> {
  const { maxAttempts, baseMs, maxDelayMs, signal, isRetryable } = options;
  return new Promise<T>((resolve, reject) => {
    let attempt = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;

    function end(how: () => void): void {
      if (over) return;
      over = true;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      how();
    }
    function onAbort(): void {
      end(() => reject(signal.reason));
    }
    function onFailure(error: unknown): void {
      if (over) return;
      if (attempt === maxAttempts || isRetryable?.(error) === false) {
        end(() => reject(error));
        return;
      }
      if (over) return; // isRetryable is not ours
      const delay = Math.random() * Math.min(maxDelayMs, baseMs * 2 ** (attempt - 1));
      timer = setTimeout(run, delay);
    }
    function run(): void {
      attempt += 1;
      operation(attempt, signal).then((value) => end(() => resolve(value)), onFailure);
    }

    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener("abort", onAbort);
    run();
  });
}
