// style: AbortSignal.timeout as the hedge timer, attempts begin in a microtask and follow the caller by AbortSignal.any
export function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  o: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  if (o.signal.aborted) return Promise.reject(o.signal.reason);
  return new Promise<T>((resolve, reject) => {
    let n = 0,
      over = false,
      failed = 0;
    const errs: unknown[] = [];
    const ctl: AbortController[] = [];
    const follow = AbortSignal.any([o.signal]);
    const finish = (spare: number) => {
      over = true;
      ctl.forEach((c, i) => i !== spare && c.abort());
    };
    follow.addEventListener("abort", () => {
      if (over) return;
      finish(-1);
      reject(o.signal.reason);
    });
    const go = () => {
      const me = n++;
      const c = (ctl[me] = new AbortController());
      if (n < o.maxAttempts)
        AbortSignal.timeout(o.hedgeAfterMs).addEventListener("abort", () => {
          if (!over && n === me + 1) go();
        });
      Promise.resolve()
        .then(() => operation(AbortSignal.any([o.signal, c.signal]), me + 1))
        .then(
          (v) => {
            if (over) return;
            finish(me);
            resolve(v);
          },
          (e) => {
            if (over) return;
            errs[me] = e;
            failed++;
            if (n < o.maxAttempts) go();
            else if (failed === n) {
              over = true;
              reject(new AggregateError(errs));
            }
          },
        );
    };
    go();
  });
}
