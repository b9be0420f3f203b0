// style: AbortSignal.any gives a signal of its own, all listeners live on that one
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const own = AbortSignal.any(signal ? [signal] : []);
  return new Promise<void>((resolve, reject) => {
    if (own.aborted) return reject(own.reason);
    const timer = setTimeout(resolve, ms);
    own.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(own.reason);
    });
  });
}

export async function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  options: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  const own = AbortSignal.any([options.signal]);
  own.throwIfAborted();
  const aborted = new Promise<never>((_, reject) => {
    own.addEventListener("abort", () => reject(own.reason));
  });
  aborted.catch(() => {}); // it may strike while nobody races against it
  while (true) {
    let answer: T | undefined;
    try {
      answer = await Promise.race([aborted, check(own)]);
    } catch (error) {
      own.throwIfAborted();
      throw error;
    }
    if (answer !== undefined) return answer;
    await sleep(options.everyMs, own);
  }
}
