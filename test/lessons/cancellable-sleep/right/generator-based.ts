// style: a generator describes the poll, a small driver runs its steps and owns the abort
type Step = { readonly promise: Promise<unknown> };

function* script<T>(check: () => Promise<T | undefined>, pause: () => Promise<void>): Generator<Step, T, unknown> {
  while (true) {
    const answer = (yield { promise: check() }) as T | undefined;
    if (answer !== undefined) return answer;
    yield { promise: pause() };
  }
}

function drive<T>(steps: Generator<Step, T, unknown>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => {
      signal.removeEventListener("abort", onAbort);
      reject(signal.reason);
    };
    const advance = (send: () => IteratorResult<Step, T>): void => {
      if (signal.aborted) return; // onAbort has answered already
      try {
        const { done, value } = send();
        if (done) {
          signal.removeEventListener("abort", onAbort);
          resolve(value);
        } else {
          value.promise.then(
            (result) => advance(() => steps.next(result)),
            (error) => advance(() => steps.throw(error)),
          );
        }
      } catch (error) {
        signal.removeEventListener("abort", onAbort);
        reject(error);
      }
    };
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    signal.addEventListener("abort", onAbort);
    advance(() => steps.next());
  });
}

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    signal?.throwIfAborted();
    const ring = new AbortController();
    const timer = setTimeout(() => {
      ring.abort(); // takes the listener away
      resolve();
    }, ms);
    signal?.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true, signal: ring.signal },
    );
  });
}

export function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  options: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  const { everyMs, signal } = options;
  return drive(
    script(
      () => check(signal),
      () => sleep(everyMs, signal),
    ),
    signal,
  );
}
