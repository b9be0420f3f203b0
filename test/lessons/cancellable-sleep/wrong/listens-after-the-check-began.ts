// diagnosis: late-after-abort, never-settles, work-still-running - nothing can abort before the check has returned its promise
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", wake);
      resolve();
    }, ms);
    function wake(): void {
      clearTimeout(timer);
      reject(signal?.reason);
    }
    signal?.addEventListener("abort", wake, { once: true });
  });
}

export async function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  options: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  const { everyMs, signal } = options;
  signal.throwIfAborted();
  for (;;) {
    const answer = await unlessAborted(signal, () => check(signal));
    if (answer !== undefined) return answer;
    await sleep(everyMs, signal);
  }
}

function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(signal.reason);
    };
    const working = work();
    signal.addEventListener("abort", leave, { once: true });
    working.then(
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
