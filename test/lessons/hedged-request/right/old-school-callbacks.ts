// style: old-school callbacks in one promise constructor, flags and arrays
export function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  return new Promise<T>(function (resolve, reject) {
    var signal = options.signal;
    var running: { [attempt: number]: AbortController } = {};
    var errors: unknown[] = [];
    var started = 0;
    var failed = 0;
    var done = false;
    var timer: ReturnType<typeof setTimeout>;

    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    signal.addEventListener("abort", onAbort);
    startOne();

    function onAbort(): void {
      finish(0);
      reject(signal.reason);
    }

    function finish(spared: number): void {
      done = true;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      Object.keys(running).forEach(function (key) {
        if (Number(key) !== spared) running[Number(key)]!.abort(signal.reason);
      });
    }

    function startOne(): void {
      if (done || started >= options.maxAttempts) return;
      var attempt = ++started;
      var controller = (running[attempt] = new AbortController());
      clearTimeout(timer);
      if (started < options.maxAttempts) timer = setTimeout(startOne, options.hedgeAfterMs);
      operation(controller.signal, attempt).then(
        function (value) {
          if (done) return;
          finish(attempt);
          resolve(value);
        },
        function (error) {
          if (done) return;
          delete running[attempt];
          errors[attempt - 1] = error;
          failed++;
          if (failed === options.maxAttempts) {
            finish(0);
            reject(new AggregateError(errors));
          } else {
            startOne();
          }
        },
      );
    }
  });
}
