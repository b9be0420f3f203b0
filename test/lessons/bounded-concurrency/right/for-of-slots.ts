// style: for...of pulls and closes the source, a promise per freed slot
export async function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<R[]> {
  if (!(Number.isInteger(limit) && limit >= 1)) throw new RangeError("limit");
  if (signal?.aborted) throw signal.reason;

  const controller = new AbortController();
  const results: R[] = [];
  const errors: unknown[] = []; // the first one counts
  const running = new Set<Promise<void>>();
  const onFailure = (error: unknown) => {
    errors.push(error);
    controller.abort(error);
  };
  const onAbort = () => onFailure(signal!.reason);
  signal?.addEventListener("abort", onAbort, { once: true });

  let index = 0;
  try {
    for (const item of items) {
      if (errors.length > 0) break;
      const at = index++;
      const job: Promise<void> = fn(item, controller.signal)
        .then((result) => void (results[at] = result), onFailure)
        .then(() => void running.delete(job));
      running.add(job);
      while (running.size >= limit) await Promise.race(running);
      if (errors.length > 0) break;
    }
  } catch (error) {
    onFailure(error); // only the source itself throws here
  }
  await Promise.all(running);
  signal?.removeEventListener("abort", onAbort);
  if (errors.length > 0) throw errors[0];
  return results;
}
