// style: every race is run in a scope whose end takes the listener off again.
async function race<T>(signal: AbortSignal, work: (signal: AbortSignal) => PromiseLike<T>): Promise<T> {
  signal.throwIfAborted();
  const scope = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { signal: scope.signal });
  });
  try {
    return await Promise.race([aborted, work(AbortSignal.any([signal, scope.signal]))]);
  } finally {
    scope.abort();
  }
}

export async function sleep(ms: number, signal: AbortSignal = new AbortController().signal): Promise<void> {
  await race(
    signal,
    (own) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        own.addEventListener("abort", () => clearTimeout(timer));
      }),
  );
}

export async function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  options: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  let answer: T | undefined;
  while ((answer = await race(options.signal, check)) === undefined) await sleep(options.everyMs, options.signal);
  return answer;
}
