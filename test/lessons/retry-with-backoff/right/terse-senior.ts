// style: terse senior, Promise.withResolvers, delays from a generator
type Opts = {
  maxAttempts: number;
  baseMs: number;
  maxDelayMs: number;
  signal: AbortSignal;
  isRetryable?: (error: unknown) => boolean;
};

function* delays({ maxAttempts, baseMs, maxDelayMs }: Opts) {
  for (let n = 1; n < maxAttempts; n++) yield Math.random() * Math.min(maxDelayMs, baseMs * 2 ** (n - 1));
}

export async function retry<T>(
  operation: (attempt: number, signal: AbortSignal) => Promise<T>,
  options: Opts,
): Promise<T> {
  const { signal, isRetryable = () => true } = options;
  signal.throwIfAborted();
  const { promise: gone, reject } = Promise.withResolvers<never>();
  gone.catch(() => {});
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  const wait = delays(options);
  let t: ReturnType<typeof setTimeout> | undefined;
  try {
    for (let n = 1; ; n++) {
      try {
        return await Promise.race([gone, operation(n, signal)]);
      } catch (e) {
        signal.throwIfAborted();
        if (!isRetryable(e) || signal.aborted) throw signal.aborted ? signal.reason : e;
        const { done, value: ms } = wait.next();
        if (done) throw e;
        await Promise.race([
          gone,
          new Promise((ok) => {
            t = setTimeout(ok, ms);
          }),
        ]);
        signal.throwIfAborted();
      }
    }
  } finally {
    clearTimeout(t);
    signal.removeEventListener("abort", onAbort);
  }
}
