// diagnosis: backpressure-ignored - waiting for a free slot inside the loop is early enough
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
  const fail = (error: unknown): void => {
    failures.push(error);
    scope.abort(error);
  };
  const onAbort = (): void => fail(signal?.reason);
  signal?.addEventListener("abort", onAbort);

  const results: R[] = [];
  const running = new Set<Promise<void>>();
  let index = 0;
  try {
    for (const item of items) {
      while (running.size >= limit) await Promise.race(running);
      if (failures.length > 0) break;
      const place = index++;
      const task = fn(item, scope.signal)
        .then((result) => void (results[place] = result), fail)
        .finally(() => running.delete(task));
      running.add(task);
    }
  } catch (error) {
    fail(error);
  }
  await Promise.all(running);
  signal?.removeEventListener("abort", onAbort);
  if (failures.length > 0) throw failures[0];
  return results;
}
