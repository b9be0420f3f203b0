// diagnosis: settled-before-cleanup - on an abort there is no time for the others
interface Numbered<T> {
  index: number;
  item: T;
}

// Numbers the items. Closing this generator closes the source, a source that throws is not closed: `for...of` sees to both.
function* numbered<T>(items: Iterable<T>): Generator<Numbered<T>, void, void> {
  let index = 0;
  for (const item of items) {
    yield { index, item };
    index = index + 1;
  }
}

export async function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  options?: { signal?: AbortSignal },
): Promise<R[]> {
  // 1. Check the arguments.
  if (!Number.isInteger(limit)) {
    throw new RangeError("The limit must be an integer.");
  }
  if (limit < 1) {
    throw new RangeError("The limit must be at least 1.");
  }
  const callerSignal: AbortSignal | undefined = options === undefined ? undefined : options.signal;
  if (callerSignal !== undefined && callerSignal.aborted) {
    throw callerSignal.reason;
  }

  // 2. Prepare the state.
  const controller = new AbortController();
  const source = numbered(items);
  const results = new Map<number, R>();
  const inFlight = new Set<Promise<void>>();
  const callerAborted = Promise.withResolvers<void>();
  let hasFailed = false;
  let firstError: unknown = undefined;

  const rememberFailure = (error: unknown): void => {
    if (hasFailed) {
      return;
    }
    hasFailed = true;
    firstError = error;
    controller.abort(error);
  };
  const onCallerAbort = (): void => {
    rememberFailure(callerSignal?.reason);
    callerAborted.resolve();
  };
  callerSignal?.addEventListener("abort", onCallerAbort);

  const runOne = async (entry: Numbered<T>): Promise<void> => {
    try {
      const result = await fn(entry.item, controller.signal);
      results.set(entry.index, result);
    } catch (error) {
      rememberFailure(error);
    }
  };

  // 3. Start work as long as there is room, then wait until there is some again.
  try {
    let sourceHasMore = true;
    while (sourceHasMore && !hasFailed) {
      const step = source.next();
      if (step.done) {
        sourceHasMore = false;
        continue;
      }
      if (hasFailed) {
        continue; // the abort came while the source was being asked
      }
      const promise = runOne(step.value);
      const tracked = promise.then(() => {
        inFlight.delete(tracked);
      });
      inFlight.add(tracked);
      if (inFlight.size === limit) {
        await Promise.race([callerAborted.promise, ...inFlight]);
      }
    }
  } catch (error) {
    rememberFailure(error);
  }

  // 4. Let go of the source and wait for what is still in flight.
  source.return();
  if (callerSignal === undefined || !callerSignal.aborted) {
    await Promise.all(inFlight);
  }
  if (callerSignal !== undefined) {
    callerSignal.removeEventListener("abort", onCallerAbort);
  }

  // 5. Report.
  if (hasFailed) {
    throw firstError;
  }
  const ordered: R[] = [];
  for (let index = 0; index < results.size; index = index + 1) {
    ordered.push(results.get(index) as R);
  }
  return ordered;
}
