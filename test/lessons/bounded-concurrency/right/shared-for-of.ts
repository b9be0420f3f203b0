// style: workers that share one iterator through for-of, which closes it by itself
export async function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<R[]> {
  if (limit < 1 || limit % 1 !== 0 || Number.isNaN(limit)) throw new RangeError("The limit must be 1, 2, 3, …");
  signal?.throwIfAborted();

  const own = new AbortController();
  const scope = signal ? AbortSignal.any([signal, own.signal]) : own.signal;
  const outcome: { results: R[]; first?: { error: unknown } } = { results: [] };

  let index = 0;
  function* pairs(): Generator<readonly [number, T]> {
    for (const item of items) {
      yield [index++, item];
      if (scope.aborted) return;
    }
  }
  const shared = pairs();

  const worker = async (): Promise<void> => {
    try {
      for (const [place, item] of { [Symbol.iterator]: () => shared }) {
        outcome.results[place] = await fn(item, scope);
        if (scope.aborted) throw scope.reason;
      }
    } catch (error) {
      outcome.first ??= scope.aborted ? { error: scope.reason } : { error };
      own.abort(error);
    }
  };

  const team: Promise<void>[] = [];
  for (let before = -1; team.length < limit && index > before && !scope.aborted;) {
    before = index;
    team.push(worker());
  }
  await Promise.all(team);
  if (outcome.first) throw outcome.first.error;
  if (signal?.aborted) {
    shared.return(undefined);
    throw signal.reason;
  }
  return outcome.results;
}
