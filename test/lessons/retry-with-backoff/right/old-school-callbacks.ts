// style: node-style callbacks and one promise constructor, a single abort listener for the whole call
interface Options {
  maxAttempts: number;
  baseMs: number;
  maxDelayMs: number;
  signal: AbortSignal;
  isRetryable?: (error: unknown) => boolean;
}

export function retry<T>(
  operation: (attempt: number, signal: AbortSignal) => Promise<T>,
  options: Options,
): Promise<T> {
  var signal = options.signal;
  return new Promise<T>(function (resolve, reject) {
    var attempt = 0;
    var over = false;
    var timer: ReturnType<typeof setTimeout> | undefined;

    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    signal.addEventListener("abort", onAbort);
    next();

    function end(): void {
      over = true;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    }
    function onAbort(): void {
      end();
      reject(signal.reason);
    }
    function next(): void {
      attempt += 1;
      operation(attempt, signal).then(onValue, onError);
    }
    function onValue(value: T): void {
      if (over) return;
      end();
      resolve(value);
    }
    function onError(error: unknown): void {
      if (over) return;
      var again = attempt < options.maxAttempts;
      if (again && options.isRetryable) again = options.isRetryable(error);
      if (over) return;
      if (!again) {
        end();
        reject(error);
        return;
      }
      var most = Math.min(options.maxDelayMs, options.baseMs * Math.pow(2, attempt - 1));
      timer = setTimeout(next, Math.random() * most);
    }
  });
}
