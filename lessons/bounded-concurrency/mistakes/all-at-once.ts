// diagnosis: limit-exceeded - promises are lazy, so waiting for them in groups limits how many run
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
  const forward = (): void => scope.abort(signal?.reason);
  signal?.addEventListener("abort", forward);
  try {
    const tasks = [...items].map((item) => fn(item, scope.signal));
    for (const task of tasks) task.catch((error) => scope.abort(error));
    const results: R[] = [];
    while (results.length < tasks.length) {
      results.push(...(await Promise.all(tasks.slice(results.length, results.length + limit))));
    }
    return results;
  } finally {
    signal?.removeEventListener("abort", forward);
  }
}
