// diagnosis: settled-before-cleanup - after the abort the others are as good as gone, so there is nothing to wait for
export async function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  options: { signal?: AbortSignal } = {},
): Promise<R[]> {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError("limit must be an integer of at least 1");
  const { signal } = options;
  signal?.throwIfAborted();

  const scope = new AbortController();
  const results: R[] = [];
  const source = numbered(items);
  const stopped = Promise.withResolvers<never>();
  stopped.promise.catch(() => undefined);
  let more = true;

  function fail(error: unknown): void {
    more = false;
    stopped.reject(error);
    scope.abort(error);
  }

  async function lane(): Promise<void> {
    try {
      while (more) {
        const pulled = source.next();
        if (pulled.done) return;
        const [index, item] = pulled.value;
        results[index] = await fn(item, scope.signal);
      }
    } catch (error) {
      fail(error);
    }
  }

  const onAbort = (): void => fail(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  try {
    const lanes: Promise<void>[] = [];
    while (more && lanes.length < limit) lanes.push(lane());
    await Promise.race([Promise.all(lanes), stopped.promise]);
    if (!more) await stopped.promise;
    return results;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    source.return();
  }
}

function* numbered<T>(items: Iterable<T>): Generator<[number, T], void> {
  let index = 0;
  for (const item of items) yield [index++, item];
}
