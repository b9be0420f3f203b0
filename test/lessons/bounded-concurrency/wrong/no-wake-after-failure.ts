// diagnosis: never-settles - a failure has told everybody through the signal
export async function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  options?: { signal?: AbortSignal },
): Promise<R[]> {
  if (limit !== Math.trunc(limit) || limit < 1 || limit === Infinity) throw new RangeError("limit");
  const parent = options?.signal;
  parent?.throwIfAborted();

  const bad: unknown[] = [],
    out: R[] = [],
    ctl = new AbortController();
  const fail = (e: unknown) => {
    bad.push(e);
    ctl.abort(e);
    gate.resolve();
  };
  let gate = Promise.withResolvers<void>(),
    live = 0,
    i = 0,
    ended = false;
  using _ = on(parent, () => fail(parent!.reason));

  const it = items[Symbol.iterator]();
  const go = (item: T, k = i++) => {
    live++;
    fn(item, ctl.signal).then((r) => {
      out[k] = r;
      live--;
      gate.resolve();
    }, fail);
  };
  for (;;) {
    while (!ended && !bad.length && live < limit) {
      try {
        const s = it.next();
        if (s.done) ended = true;
        else if (!bad.length) go(s.value);
      } catch (e) {
        ended = true;
        fail(e);
      }
    }
    if (!live) break;
    await gate.promise;
    gate = Promise.withResolvers();
  }
  if (!bad.length) return out;
  if (!ended) it.return?.();
  throw bad[0];
}

const on = (s: AbortSignal | undefined, f: () => void): Disposable => {
  s?.addEventListener("abort", f);
  return { [Symbol.dispose]: () => s?.removeEventListener("abort", f) };
};
