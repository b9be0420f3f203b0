// diagnosis: batched-not-sliding - groups of `limit` keep the limit, so they are as good as a pool
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
  let failure: { error: unknown } | undefined;
  const fail = (error: unknown): void => {
    failure ??= { error };
    scope.abort(error);
  };
  const onAbort = (): void => fail(signal?.reason);
  signal?.addEventListener("abort", onAbort);

  const results: R[] = [];
  let batch: Promise<void>[] = [];
  let index = 0;
  const run = async (item: T, place: number): Promise<void> => {
    try {
      results[place] = await fn(item, scope.signal);
    } catch (error) {
      fail(error);
    }
  };
  try {
    for (const item of items) {
      batch.push(run(item, index++));
      if (batch.length < limit) continue;
      await Promise.all(batch);
      batch = [];
      if (failure !== undefined) break;
    }
  } catch (error) {
    fail(error);
  }
  await Promise.all(batch);
  signal?.removeEventListener("abort", onAbort);
  if (failure !== undefined) throw (failure as { error: unknown }).error;
  return results;
}
