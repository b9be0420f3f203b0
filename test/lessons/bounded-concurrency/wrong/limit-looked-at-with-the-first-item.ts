// diagnosis: wrong-result - without items the limit does not matter
export async function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  options: { signal?: AbortSignal } = {},
): Promise<R[]> {
  const { signal = new AbortController().signal } = options; // one that never aborts
  signal.throwIfAborted(); // an aborted signal fires no event any more

  const scope = new AbortController();
  const results: R[] = [];
  const source = numbered(items);
  const failures: unknown[] = []; // a list, since anything can be thrown, also undefined
  let more = true;

  // A task, the source and the caller all stop the whole in the same way.
  function fail(error: unknown): void {
    failures.push(error);
    more = false;
    scope.abort(error);
  }

  // A lane is one slot. It never rejects, so whoever waits for all lanes waits for everything in flight.
  async function lane(): Promise<void> {
    try {
      while (more) {
        const pulled = source.next();
        if (pulled.done) {
          more = false;
        } else {
          if (!Number.isInteger(limit) || limit < 1)
            throw new RangeError(`limit must be an integer from 1, not ${limit}`);
          const [index, item] = pulled.value;
          results[index] = await fn(item, scope.signal);
        }
      }
    } catch (error) {
      fail(error);
    }
  }

  const onAbort = (): void => fail(signal.reason);
  signal.addEventListener("abort", onAbort);
  try {
    const lanes: Promise<void>[] = [];
    // A lane pulls its first item before it returns its promise, so a short source opens no more lanes than it fills.
    while (more && lanes.length < Math.max(1, limit || 1)) lanes.push(lane());
    await Promise.all(lanes);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
  if (failures.length === 0) return results;
  source.return();
  throw failures[0]; // the others are echoes of it: tasks that were told to stop
}

/**
 * Items with their places. A generator gets the rules of closing right by itself: `return` reaches the iterator below
 * only where that has neither ended nor thrown.
 */
function* numbered<T>(items: Iterable<T>): Generator<[number, T], void> {
  let index = 0;
  for (const item of items) yield [index++, item];
}
