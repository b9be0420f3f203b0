// style: a small semaphore in front of the loop that pulls, in the manner of p-limit and async-sema
export async function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  options?: { signal?: AbortSignal },
): Promise<R[]> {
  if (!(limit >= 1 && Number.isInteger(limit))) throw new RangeError("limit");
  const caller = options?.signal;
  if (caller?.aborted) throw caller.reason;

  let free = limit;
  let wake: (() => void) | undefined;
  const release = (): void => {
    free++;
    wake?.();
  };
  const slot = async (): Promise<void> => {
    while (free === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      wake = undefined;
    }
  };

  const local = new AbortController();
  const trouble: { error: unknown }[] = [];
  const give = (error: unknown): void => {
    trouble.push({ error });
    local.abort();
    wake?.();
  };
  const abort = (): void => give(caller?.reason);
  caller?.addEventListener("abort", abort);

  const tasks: Promise<void>[] = [];
  const values = new Map<number, R>();
  try {
    for (const item of items) {
      free--;
      const index = tasks.length;
      tasks.push(
        fn(item, local.signal)
          .then((value) => void values.set(index, value))
          .catch(give)
          .finally(release),
      );
      await slot();
      if (trouble.length > 0) break;
    }
  } catch (error) {
    give(error);
  }
  await Promise.all(tasks);
  caller?.removeEventListener("abort", abort);
  for (const { error } of trouble) throw error;
  return Array.from(tasks, (_, index) => values.get(index) as R);
}
