/** Yields [index, result] in the order in which they end; leaving it early stops what is running. */
async function* inAnyOrder<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly [number, R], void, undefined> {
  const scope = new AbortController();
  const running = new Map<number, Promise<{ key: number; value?: R; failure?: { error: unknown } }>>();
  let failure: { error: unknown } | undefined;
  const fail = (error: unknown): void => {
    failure ??= { error };
    scope.abort(error);
  };
  const follow = (): void => fail(signal?.reason);
  signal?.addEventListener("abort", follow);
  try {
    const source = enumerate(items);
    let open = true;
    for (;;) {
      while (open && !failure && running.size < limit) {
        try {
          const next = source.next();
          if (next.done) {
            open = false;
            break;
          }
          const [key, item] = next.value;
          running.set(
            key,
            fn(item, scope.signal).then(
              (value) => ({ key, value }),
              (error: unknown) => {
                fail(error);
                return { key, failure: { error } };
              },
            ),
          );
        } catch (error) {
          open = false;
          fail(error);
        }
      }
      if (running.size === 0) break;
      const ended = await Promise.race(running.values());
      running.delete(ended.key);
      if (!ended.failure) yield [ended.key, ended.value as R];
    }
    if (failure) {
      source.return();
      throw failure.error;
    }
  } finally {
    signal?.removeEventListener("abort", follow);
  }
}

function* enumerate<T>(items: Iterable<T>): Generator<readonly [number, T], void> {
  let count = 0;
  for (const item of items) yield [count++, item];
}

export async function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  options: { signal?: AbortSignal } = {},
): Promise<R[]> {
  if (!(Number.isInteger(limit) && limit >= 1)) throw new RangeError(`not a limit: ${limit}`);
  options.signal?.throwIfAborted();
  const results: R[] = [];
  for await (const [index, result] of inAnyOrder(items, limit, fn, options.signal)) results[index] = result;
  return results;
}
