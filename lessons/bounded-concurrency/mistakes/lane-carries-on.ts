// diagnosis: work-still-running - whoever catches the error goes on with the next item
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
  const fail = (error: unknown): void => {
    failures.push(error);
    scope.abort(error);
  };

  async function lane(): Promise<void> {
    for (;;) {
      try {
        const pulled = source.next();
        if (pulled.done) return;
        const [index, item] = pulled.value;
        results[index] = await fn(item, scope.signal);
      } catch (error) {
        fail(error);
      }
    }
  }

  const onAbort = (): void => fail(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  await Promise.all(Array.from({ length: limit }, lane));
  signal?.removeEventListener("abort", onAbort);
  if (failures.length > 0) throw failures[0];
  return results;
}

function* numbered<T>(items: Iterable<T>): Generator<[number, T], void> {
  let index = 0;
  for (const item of items) yield [index++, item];
}
