/**
 * Calls `fn` for every item, at most `limit` at a time, and resolves with the results in the order of the items.
 *
 * - As long as items are left, `limit` of them are at work: the next starts as soon as one ends.
 * - An item is pulled from `items` only when it can be started.
 * - The first failure (of `fn`, of the source, or the caller's abort) aborts the signal of the others and starts no more;
 *   once those in flight have settled, it is what the promise rejects with. A source that is left early is closed.
 * - A `limit` that is not an integer, or below 1, is a `RangeError`.
 */
export async function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  options: { signal?: AbortSignal } = {},
): Promise<R[]> {
  // Begin here. This version takes the items one by one, and only looks at the caller's signal, which it never hears.
  const signal = options.signal ?? new AbortController().signal;
  if (limit < 1) throw new RangeError("limit must be at least 1");
  const results: R[] = [];
  for (const item of items) {
    results.push(await fn(item, signal));
  }
  return results;
}
