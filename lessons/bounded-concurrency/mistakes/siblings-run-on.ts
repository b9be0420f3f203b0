// diagnosis: work-still-running - once the promise is going to reject, what the others do does not matter
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
  const source = numbered(items);

  async function lane(): Promise<void> {
    try {
      for (let next = source.next(); failures.length === 0 && !next.done; next = source.next()) {
        const [index, item] = next.value;
        results[index] = await fn(item, scope.signal);
        if (failures.length > 0) return;
      }
    } catch (error) {
      failures.push(error);
    }
  }

  const onAbort = (): void => {
    failures.push(signal?.reason);
    scope.abort(signal?.reason);
  };
  signal?.addEventListener("abort", onAbort);
  const lanes: Promise<void>[] = [];
  for (let opened = 0; opened < limit && failures.length === 0; opened++) lanes.push(lane());
  await Promise.all(lanes);
  signal?.removeEventListener("abort", onAbort);
  source.return();
  if (failures.length > 0) throw failures[0];
  return results;
}

function* numbered<T>(items: Iterable<T>): Generator<[number, T], void> {
  let index = 0;
  for (const item of items) yield [index++, item];
}
