// diagnosis: resource-not-released - only a caller who gives up leaves a source half read
export function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  options?: { signal?: AbortSignal },
): Promise<R[]> {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new RangeError("limit must be an integer of 1 or more");
  }
  const caller = options?.signal;
  return new Promise<R[]>((resolve, reject) => {
    if (caller?.aborted) {
      reject(caller.reason);
      return;
    }
    const own = new AbortController();
    const source = items[Symbol.iterator]();
    const results: R[] = [];
    let active = 0;
    let next = 0;
    let sourceIsOver = false;
    let pulling = false;
    let failed = false;
    let firstError: unknown;

    function settleIfDone(): void {
      if (active > 0 || !(failed || sourceIsOver)) return;
      caller?.removeEventListener("abort", onAbort);
      if (failed) reject(firstError);
      else resolve(results);
    }

    function closeSource(): void {
      if (sourceIsOver || pulling) return; // a source cannot be closed from inside its own next()
      sourceIsOver = true;
      source.return?.();
    }

    function fail(error: unknown): void {
      if (failed) return;
      failed = true;
      firstError = error;
      own.abort(error);
    }

    function onAbort(): void {
      fail(caller!.reason);
      closeSource();
      settleIfDone();
    }

    function start(item: T): void {
      const index = next++;
      active++;
      fn(item, own.signal).then(
        (result) => {
          active--;
          results[index] = result;
          pump();
        },
        (error) => {
          active--;
          fail(error);
          pump();
        },
      );
    }

    function pump(): void {
      while (!failed && !sourceIsOver && active < limit) {
        pulling = true;
        let step: IteratorResult<T> | undefined;
        try {
          step = source.next();
        } catch (error) {
          sourceIsOver = true;
          fail(error);
        }
        pulling = false;
        if (step === undefined) break;
        if (step.done) sourceIsOver = true;
        else if (failed) closeSource();
        else start(step.value);
      }
      settleIfDone();
    }

    caller?.addEventListener("abort", onAbort);
    pump();
  });
}
