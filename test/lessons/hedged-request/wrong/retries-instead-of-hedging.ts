// diagnosis: serial-not-parallel, deadline-missed - a hedge is what one does after a failure
export function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  { hedgeAfterMs, maxAttempts, signal }: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  if (signal.aborted) return (reject(signal.reason), promise);
  const live = new Map<AbortController, number>(),
    errors: unknown[] = [];
  let n = 0,
    t: ReturnType<typeof setTimeout> | undefined,
    done = false;

  const end = (why?: unknown) => {
    done = true;
    clearTimeout(t);
    signal.removeEventListener("abort", abort);
    for (const c of live.keys()) c.abort(why);
  };
  const abort = () => (end(signal.reason), reject(signal.reason));
  const go = () => {
    clearTimeout(t);
    const c = new AbortController(),
      k = n++;
    live.set(c, k);
    operation(c.signal, k + 1).then(
      (v) => {
        live.delete(c);
        if (!done) (end(), resolve(v));
      },
      (e) => {
        live.delete(c);
        errors[k] = e;
        if (done) return;
        if (n < maxAttempts) go();
        else if (!live.size) (end(), reject(new AggregateError(errors)));
      },
    );
  };
  signal.addEventListener("abort", abort);
  go();
  return promise;
}
