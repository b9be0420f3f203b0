// diagnosis: wrong-result - what is undefined was not filled in
type Failure = { readonly error: unknown };

export function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  options: { signal?: AbortSignal } = {},
): Promise<R[]> {
  if (limit < 1 || !Number.isInteger(limit)) return Promise.reject(new RangeError("limit: an integer, at least 1"));
  const { signal } = options;
  if (signal?.aborted) return Promise.reject(signal.reason);

  const it = items[Symbol.iterator]();
  const stop = new AbortController();
  const out: R[] = [];
  let failure: Failure | null = null;
  let ended = false;
  let n = 0;

  const fail = (error: unknown): void => {
    failure ??= { error };
    stop.abort(new DOMException("a sibling failed", "AbortError"));
  };
  const onAbort = () => fail(signal?.reason);
  signal?.addEventListener("abort", onAbort);

  const lane = (): Promise<void> | null => {
    if (failure || ended) return null;
    let step: IteratorResult<T>;
    try {
      step = it.next();
    } catch (error) {
      ended = true;
      fail(error);
      return null;
    }
    if (step.done) ended = true;
    if (step.done || failure) return null;
    const at = n++;
    return fn(step.value, stop.signal)
      .then((value) => {
        out[at] = value;
      }, fail)
      .then(lane as () => Promise<void>);
  };

  const lanes: Promise<void>[] = [];
  for (let first; lanes.length < limit && (first = lane());) lanes.push(first);

  return Promise.all(lanes).then(() => {
    signal?.removeEventListener("abort", onAbort);
    if (!failure) return out.filter((value) => value !== undefined && value !== null);
    if (!ended) it.return?.();
    throw (failure as Failure).error;
  });
}
