// style: a map of running promises and Promise.race, with `using` for the listener
export async function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  options: { signal?: AbortSignal } = {},
): Promise<R[]> {
  if (!Number.isInteger(limit) || limit <= 0) throw new RangeError("limit has to be a positive integer");
  if (options.signal?.aborted) throw options.signal.reason;

  const stop = new AbortController();
  let first: { error: unknown } | undefined;
  const fail = (error: unknown): void => {
    first ??= { error };
    stop.abort(error);
  };
  using _ = follow(options.signal, fail);

  const results: R[] = [];
  const running = new Map<number, Promise<number>>();
  const iterator = items[Symbol.iterator]();
  let open = true;
  for (let index = 0; ;) {
    while (open && !first && running.size < limit) {
      try {
        const step = iterator.next();
        if (step.done) open = false;
        else running.set(index, run(index++, step.value));
      } catch (error) {
        open = false;
        fail(error);
      }
    }
    if (running.size === 0) break;
    running.delete(await Promise.race(running.values()));
  }
  if (!first) return results;
  if (open) iterator.return?.();
  throw (first as { error: unknown }).error;

  async function run(index: number, item: T): Promise<number> {
    try {
      results[index] = await fn(item, stop.signal);
    } catch (error) {
      fail(error);
    }
    return index;
  }
}

function follow(signal: AbortSignal | undefined, fail: (reason: unknown) => void): Disposable {
  const listener = (): void => fail(signal?.reason);
  signal?.addEventListener("abort", listener);
  return { [Symbol.dispose]: () => signal?.removeEventListener("abort", listener) };
}
