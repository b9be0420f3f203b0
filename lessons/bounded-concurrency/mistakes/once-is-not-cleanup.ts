// diagnosis: listener-left-on-signal - `once: true` takes the listener away when the work is done
export async function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  options: { signal?: AbortSignal } = {},
): Promise<R[]> {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`limit must be an integer from 1, not ${limit}`);
  const { signal } = options;
  signal?.throwIfAborted();

  const scope = new AbortController();
  const results: R[] = [];
  const source = numbered(items);
  const failures: unknown[] = [];
  let more = true;

  function fail(error: unknown): void {
    failures.push(error);
    more = false;
    scope.abort(error);
  }

  async function lane(): Promise<void> {
    try {
      while (more) {
        const pulled = source.next();
        if (pulled.done) {
          more = false;
        } else {
          const [index, item] = pulled.value;
          results[index] = await fn(item, scope.signal);
        }
      }
    } catch (error) {
      fail(error);
    }
  }

  const onAbort = (): void => fail(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
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
