// style: the platform's own signals: AbortSignal.timeout is the alarm clock, AbortSignal.any joins it with the caller
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const alarm = AbortSignal.timeout(ms);
  const first = AbortSignal.any(signal ? [alarm, signal] : [alarm]);
  await new Promise<void>((resolve) => {
    first.addEventListener("abort", () => resolve());
  });
  if (first.reason !== alarm.reason) throw first.reason;
}

export async function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  { everyMs, signal }: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  signal.throwIfAborted();
  const scope = AbortSignal.any([signal]);
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  aborted.catch(() => undefined);
  scope.addEventListener("abort", () => reject(signal.reason));
  for (;;) {
    const answer = await Promise.race([aborted, check(scope)]);
    if (answer !== undefined) return answer;
    await sleep(everyMs, scope);
  }
}
