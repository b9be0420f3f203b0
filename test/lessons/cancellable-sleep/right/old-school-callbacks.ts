// style: node-style callbacks inside, promises only at the door.
type Done<T> = (failed: boolean, result: unknown, value?: T) => void;

function later(ms: number, signal: AbortSignal | undefined, done: Done<undefined>): void {
  var timer: ReturnType<typeof setTimeout>;
  if (signal && signal.aborted) {
    done(true, signal.reason);
    return;
  }
  function onAbort(): void {
    finish(true, signal!.reason);
  }
  function finish(failed: boolean, result: unknown): void {
    clearTimeout(timer);
    if (signal) signal.removeEventListener("abort", onAbort);
    done(failed, result);
  }
  if (signal) signal.addEventListener("abort", onAbort);
  timer = setTimeout(function () {
    finish(false, undefined);
  }, ms);
}

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise<void>(function (resolve, reject) {
    later(ms, signal, function (failed, result) {
      if (failed) reject(result);
      else resolve();
    });
  });
}

export function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  options: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  var signal = options.signal;
  return new Promise<T>(function (resolve, reject) {
    var over = false;
    function onAbort(): void {
      end();
      reject(signal.reason);
    }
    function end(): void {
      over = true;
      signal.removeEventListener("abort", onAbort);
    }
    function round(): void {
      check(signal).then(
        function (answer) {
          if (over) return;
          if (answer !== undefined) {
            end();
            resolve(answer);
            return;
          }
          later(options.everyMs, signal, function (failed) {
            if (!failed && !over) round();
          });
        },
        function (error) {
          if (over) return;
          end();
          reject(error);
        },
      );
    }
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    signal.addEventListener("abort", onAbort);
    round();
  });
}
