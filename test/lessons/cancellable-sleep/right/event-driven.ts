// style: one state machine of callbacks, a single abort listener for the whole poll
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const id = setTimeout(() => finish(resolve), ms);
    const abort = () => finish(() => reject(signal?.reason));
    signal?.addEventListener("abort", abort);
    function finish(how: () => void) {
      clearTimeout(id);
      signal?.removeEventListener("abort", abort);
      how();
    }
  });
}

export function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  options: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  const { everyMs, signal } = options;
  return new Promise<T>((resolve, reject) => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const end = (how: () => void) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      how();
    };
    const onAbort = () => end(() => reject(signal.reason));
    const onAnswer = (answer: T | undefined) => {
      if (over) return;
      if (answer === undefined) timer = setTimeout(look, everyMs);
      else end(() => resolve(answer));
    };
    const onFailure = (error: unknown) => end(() => reject(error));
    const look = () => {
      timer = undefined;
      check(signal).then(onAnswer, onFailure);
    };

    if (signal.aborted) return reject(signal.reason);
    // Listening before the first check: the abort is heard here before the check can complain about it.
    signal.addEventListener("abort", onAbort);
    look();
  });
}
