// style: async/await workers that share one iterator
export async function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  options: { signal?: AbortSignal } = {},
): Promise<R[]> {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`limit must be a positive integer, got ${limit}`);
  const outer = options.signal;
  outer?.throwIfAborted();

  const iterator = items[Symbol.iterator]();
  const group = new AbortController();
  const results: R[] = [];
  let started = 0;
  let exhausted = false;
  let failure: { error: unknown } | undefined;

  const fail = (error: unknown) => {
    if (failure) return;
    failure = { error };
    group.abort(error);
  };
  const onAbort = () => fail(outer!.reason);
  outer?.addEventListener("abort", onAbort);

  const pull = (): { item: T } | undefined => {
    if (failure || exhausted) return undefined;
    try {
      const step = iterator.next();
      if (!step.done) return failure ? undefined : { item: step.value };
    } catch (error) {
      fail(error);
    }
    exhausted = true;
    return undefined;
  };

  const worker = async (first: T) => {
    for (let work: { item: T } | undefined = { item: first }; work; work = pull()) {
      const index = started++;
      try {
        results[index] = await fn(work.item, group.signal);
      } catch (error) {
        fail(error);
      }
    }
  };

  const workers: Promise<void>[] = [];
  while (workers.length < limit) {
    const work = pull();
    if (!work) break;
    workers.push(worker(work.item));
  }
  await Promise.all(workers);
  outer?.removeEventListener("abort", onAbort);

  if (!failure) return results;
  if (!exhausted) iterator.return?.();
  throw (failure as { error: unknown }).error;
}
