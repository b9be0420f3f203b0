// diagnosis: unhandled-rejection - only `fn` can fail, so only its promise needs a handler
export function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  options: { signal?: AbortSignal } = {},
): Promise<R[]> {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError("limit must be an integer of at least 1");
  const { signal } = options;
  if (signal?.aborted) return Promise.reject(signal.reason);

  const scope = new AbortController();
  const results: R[] = [];
  const source = numbered(items);
  return new Promise<R[]>((resolve, reject) => {
    const failures: unknown[] = [];
    let inFlight = 0;
    let ended = false;

    const fail = (error: unknown): void => {
      failures.push(error);
      ended = true;
      scope.abort(error);
    };
    const onAbort = (): void => fail(signal?.reason);
    signal?.addEventListener("abort", onAbort);

    const pump = (): void => {
      while (!ended && inFlight < limit) {
        const pulled = source.next();
        if (pulled.done) {
          ended = true;
          break;
        }
        const [index, item] = pulled.value;
        inFlight++;
        void fn(item, scope.signal)
          .then((result) => void (results[index] = result), fail)
          .then(() => {
            inFlight--;
            pump();
          });
      }
      if (!ended || inFlight > 0) return;
      signal?.removeEventListener("abort", onAbort);
      source.return();
      if (failures.length > 0) reject(failures[0]);
      else resolve(results);
    };
    pump();
  });
}

function* numbered<T>(items: Iterable<T>): Generator<[number, T], void> {
  let index = 0;
  for (const item of items) yield [index++, item];
}
