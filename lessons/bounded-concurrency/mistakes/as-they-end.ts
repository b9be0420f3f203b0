// diagnosis: order-lost - what is started in order comes back in order
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
  const failures: unknown[] = [];
  const results: R[] = [];
  const iterator = items[Symbol.iterator]();
  let over = false;
  const fail = (error: unknown): void => {
    failures.push(error);
    over = true;
    scope.abort(error);
  };

  async function worker(): Promise<void> {
    while (!over) {
      let item: IteratorResult<T>;
      try {
        item = iterator.next();
      } catch (error) {
        over = true;
        return fail(error);
      }
      if (item.done) {
        over = true;
        return;
      }
      try {
        results.push(await fn(item.value, scope.signal));
      } catch (error) {
        if (!over) iterator.return?.();
        fail(error);
      }
    }
  }

  const onAbort = (): void => {
    if (!over) iterator.return?.();
    fail(signal?.reason);
  };
  signal?.addEventListener("abort", onAbort);
  const workers: Promise<void>[] = [];
  while (!over && workers.length < limit) workers.push(worker());
  await Promise.all(workers);
  signal?.removeEventListener("abort", onAbort);
  if (failures.length > 0) throw failures[0];
  return results;
}
