// style: terse senior, Promise.withResolvers, one helper with an inner controller serves both
const under = <T>(outer: AbortSignal | undefined, start: (inner: AbortSignal) => Promise<T>): Promise<T> => {
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
};

export const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  under(
    signal,
    (inner) =>
      new Promise<void>((done) => {
        const t = setTimeout(done, ms);
        inner.addEventListener("abort", () => (clearTimeout(t), done()));
      }),
  );

export const pollUntil = <T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  { everyMs, signal }: { everyMs: number; signal: AbortSignal },
): Promise<T> =>
  under(signal, async (inner) => {
    for (let found; ; await sleep(everyMs, inner)) {
      if ((found = await check(inner)) !== undefined) return found;
    }
  });
