// style: AbortSignal.any of caller and group, one listener on the composite, semaphore-like slots
export async function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  options: { signal?: AbortSignal } = {},
): Promise<R[]> {
  if (!Number.isInteger(limit) || limit <= 0) throw new RangeError(`mapLimit: limit is ${limit}`);
  options.signal?.throwIfAborted();

  const group = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, group.signal]) : group.signal;
  const iterator = items[Symbol.iterator]();
  const jobs: Promise<R | undefined>[] = [];
  let free = limit;
  let notify = () => {};
  // The composite keeps the first reason, and so it is the memory of the first failure.
  signal.addEventListener("abort", () => notify());

  const job = async (item: T): Promise<R | undefined> => {
    try {
      return await fn(item, signal);
    } catch (error) {
      group.abort(new Failed(error));
      return undefined;
    } finally {
      free += 1;
      notify();
    }
  };

  let open = true;
  while (open && !signal.aborted) {
    if (free === 0) {
      await new Promise<void>((resolve) => {
        notify = resolve;
      });
      continue;
    }
    try {
      const { done, value } = iterator.next();
      if (done) {
        open = false;
      } else if (!signal.aborted) {
        free -= 1;
        jobs.push(job(value));
      }
    } catch (error) {
      open = false;
      group.abort(new Failed(error));
    }
  }
  if (open) iterator.return?.();

  const results = await Promise.all(jobs);
  if (signal.aborted) throw signal.reason instanceof Failed ? signal.reason.error : signal.reason;
  return results as R[];
}

// Wraps an error, so that undefined, too, can be a reason.
class Failed {
  readonly error: unknown;
  constructor(error: unknown) {
    this.error = error;
  }
}
