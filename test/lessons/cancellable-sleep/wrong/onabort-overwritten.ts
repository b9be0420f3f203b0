// diagnosis: late-after-abort, abort-swallowed - onabort is the short way to add a listener
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(() => {
      if (signal) signal.onabort = null;
      resolve();
    }, ms);
    if (signal) {
      signal.onabort = () => {
        signal.onabort = null;
        clearTimeout(timer);
        reject(signal.reason);
      };
    }
  });
}

function under<T>(outer: AbortSignal | undefined, start: (inner: AbortSignal) => Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  if (outer?.aborted) return (reject(outer.reason), promise);
  const inner = new AbortController();
  const hit = () => (reject(outer!.reason), inner.abort(outer!.reason));
  const off = () => outer?.removeEventListener("abort", hit);
  outer?.addEventListener("abort", hit, { once: true });
  start(inner.signal).then(
    (v) => (off(), resolve(v)),
    (e) => (off(), reject(e)),
  );
  return promise;
}

export const pollUntil = <T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  { everyMs, signal }: { everyMs: number; signal: AbortSignal },
): Promise<T> =>
  under(signal, async (inner) => {
    for (;;) {
      const found = await check(inner);
      if (found !== undefined) return found;
      await under(inner, (own) => sleep(everyMs, own));
    }
  });
