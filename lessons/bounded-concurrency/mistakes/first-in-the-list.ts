// diagnosis: first-error-lost - the first rejected result in the list is the first failure
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
  const tasks: Promise<R>[] = [];
  const iterator = items[Symbol.iterator]();
  let ended = false;
  let broken: { error: unknown } | undefined;

  async function lane(): Promise<void> {
    while (!ended && !scope.signal.aborted) {
      let pulled: IteratorResult<T>;
      try {
        pulled = iterator.next();
      } catch (error) {
        ended = true;
        broken = { error };
        return scope.abort(error);
      }
      if (pulled.done) {
        ended = true;
        return;
      }
      const task = fn(pulled.value, scope.signal);
      tasks.push(task);
      await task.then(
        () => undefined,
        (error) => scope.abort(error),
      );
    }
  }

  const onAbort = (): void => scope.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  const lanes: Promise<void>[] = [];
  while (!ended && lanes.length < limit) lanes.push(lane());
  await Promise.all(lanes);
  signal?.removeEventListener("abort", onAbort);
  if (scope.signal.aborted && !ended) iterator.return?.();
  if (broken !== undefined) throw (broken as { error: unknown }).error;
  if (signal?.aborted) throw signal.reason;
  const outcomes = await Promise.allSettled(tasks);
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<R>).value);
}
