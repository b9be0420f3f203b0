/** Resolves after `ms`. When `signal` aborts first, rejects at once with the signal's own reason. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason); // its event has been and will not come again: nobody would wake this sleeper
      return;
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", wake); // the signal may live for weeks, and this sleep is over
      resolve();
    }, ms);
    function wake(): void {
      clearTimeout(timer);
      reject(signal?.reason); // as it is: callers compare reasons by identity
    }
    signal?.addEventListener("abort", wake, { once: true });
  });
}

/** Asks `check`, again and again, until it answers something that is not `undefined`. */
export async function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  options: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  const { everyMs, signal } = options;
  signal.throwIfAborted();
  // A loop cannot overtake itself: the wait begins when a check has ended, the next check when the wait has.
  for (;;) {
    const answer = await unlessAborted(signal, () => check(signal));
    if (answer !== undefined) return answer;
    await sleep(everyMs, signal);
  }
}

/**
 * Settles like `work`, or with the signal's reason as soon as that aborts. The signal asks the work to stop; it may take
 * its time over that, or not listen at all, and the caller who has given up must not wait for it.
 */
function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(signal.reason);
    };
    // Before the work starts, so that no abort can fall in between.
    signal.addEventListener("abort", leave, { once: true });
    // Both ways out are handled here, so that work which fails when nobody waits any more is not an unhandled rejection.
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
