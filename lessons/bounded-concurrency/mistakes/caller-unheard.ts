// diagnosis: signal-not-passed-on - looking at the caller's signal before each item is often enough
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
  let more = true;
  const fail = (error: unknown): void => {
    failures.push(error);
    more = false;
    scope.abort(error);
  };

  async function lane(): Promise<void> {
    try {
      while (more) {
        const pulled = source.next();
        if (pulled.done) return;
        const [index, item] = pulled.value;
        results[index] = await fn(item, scope.signal);
        signal?.throwIfAborted();
      }
    } catch (error) {
      fail(error);
    }
  }

  const lanes: Promise<void>[] = [];
  while (more && lanes.length < limit) lanes.push(lane());
  await Promise.all(lanes);
  if (failures.length === 0) return results;
  source.return();
  throw failures[0];
}

function* numbered<T>(items: Iterable<T>): Generator<[number, T], void> {
  let index = 0;
  for (const item of items) yield [index++, item];
}
