// diagnosis: listener-left-on-signal - each check needs a promise of the abort, and those are cheap
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

export async function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  { everyMs, signal }: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  signal.throwIfAborted();
  for (;;) {
    const aborted = new Promise<never>((_, reject) => {
      if (signal.aborted) reject(signal.reason);
      else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    aborted.catch(() => {});
    let answer: T | undefined;
    try {
      answer = await Promise.race([aborted, check(signal)]);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
    if (answer !== undefined) return answer;
    await sleep(everyMs, signal);
  }
}
