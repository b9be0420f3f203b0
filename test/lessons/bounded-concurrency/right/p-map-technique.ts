// style: one promise, a count and a recursive `next`, in the manner of p-map
export function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<R[]> {
  return new Promise((resolve, reject) => {
    if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError(`expected a limit from 1, got ${limit}`);
    if (signal?.aborted) throw signal.reason;
    const result: R[] = [];
    const iterator = items[Symbol.iterator]();
    const scope = new AbortController();
    let failed: { reason: unknown } | undefined;
    let iterableDone = false;
    let resolving = 0;
    let currentIndex = 0;

    const onAbort = (): void => {
      stop(signal?.reason);
    };
    const stop = (reason: unknown): void => {
      if (failed) return;
      failed = { reason };
      scope.abort(reason);
    };
    const finishIfIdle = (): void => {
      if (resolving > 0 || !(failed || iterableDone)) return;
      signal?.removeEventListener("abort", onAbort);
      if (!failed) return resolve(result);
      if (!iterableDone) iterator.return?.();
      reject(failed.reason);
    };
    const next = (): void => {
      if (failed || iterableDone) return finishIfIdle();
      let item: IteratorResult<T>;
      try {
        item = iterator.next();
      } catch (error) {
        iterableDone = true;
        stop(error);
        return finishIfIdle();
      }
      if (item.done) {
        iterableDone = true;
        return finishIfIdle();
      }
      const index = currentIndex++;
      resolving++;
      fn(item.value, scope.signal)
        .then((value) => {
          result[index] = value;
        }, stop)
        .then(() => {
          resolving--;
          next();
        });
    };

    signal?.addEventListener("abort", onAbort);
    for (let slot = 0; slot < limit && !iterableDone && !failed; slot++) next();
  });
}
