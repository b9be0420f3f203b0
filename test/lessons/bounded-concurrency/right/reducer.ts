// One state, one reducer, effects as data.
interface State {
  readonly running: number;
  readonly exhausted: boolean;
  readonly broken: boolean;
  readonly stop: { readonly error: unknown } | undefined;
}
type Event =
  | { readonly type: "started" | "succeeded" | "exhausted" }
  | { readonly type: "failed" | "aborted" | "source-failed"; readonly error: unknown };

function reduce(state: State, event: Event): State {
  switch (event.type) {
    case "started":
      return { ...state, running: state.running + 1 };
    case "succeeded":
      return { ...state, running: state.running - 1 };
    case "exhausted":
      return { ...state, exhausted: true };
    case "failed":
      return { ...state, running: state.running - 1, stop: state.stop ?? { error: event.error } };
    case "aborted":
      return { ...state, stop: state.stop ?? { error: event.error } };
    case "source-failed":
      return { ...state, broken: true, stop: state.stop ?? { error: event.error } };
  }
}

export async function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<R[]> {
  if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError("limit must be a whole number from 1");
  if (signal?.aborted) throw signal.reason;
  let state: State = { running: 0, exhausted: false, broken: false, stop: undefined };
  const controller = new AbortController();
  const iterator = items[Symbol.iterator]();
  const results = new Map<number, R>();
  let count = 0;
  let changed = Promise.withResolvers<void>();

  const dispatch = (event: Event): void => {
    state = reduce(state, event);
    if (state.stop !== undefined && !controller.signal.aborted) controller.abort(state.stop.error);
    changed.resolve();
  };
  const onAbort = (): void => dispatch({ type: "aborted", error: signal?.reason });
  signal?.addEventListener("abort", onAbort, { once: true });

  while (true) {
    while (state.running < limit && !state.exhausted && state.stop === undefined) {
      let next: IteratorResult<T>;
      try {
        next = iterator.next();
      } catch (error) {
        dispatch({ type: "source-failed", error });
        continue;
      }
      if (next.done === true) {
        dispatch({ type: "exhausted" });
        continue;
      }
      const index = count++;
      dispatch({ type: "started" });
      void fn(next.value, controller.signal).then(
        (value) => {
          results.set(index, value);
          dispatch({ type: "succeeded" });
        },
        (error: unknown) => dispatch({ type: "failed", error }),
      );
    }
    if (state.running === 0) break;
    await changed.promise;
    changed = Promise.withResolvers<void>();
  }
  signal?.removeEventListener("abort", onAbort);
  const { stop } = state;
  if (stop !== undefined) {
    if (!state.exhausted && !state.broken) iterator.return?.();
    throw stop.error;
  }
  return Array.from({ length: count }, (_, index) => results.get(index) as R);
}
