// style: reducer: a pure step function decides, an interpreter does
type State = { readonly at: "attempt" | "wait" | "over"; readonly attempt: number };
type Event = { type: "failed"; error: unknown; hopeless: boolean } | { type: "waited" } | { type: "ended" };

function reduce(state: State, event: Event, maxAttempts: number): State {
  switch (event.type) {
    case "failed":
      return event.hopeless || state.attempt >= maxAttempts ? { ...state, at: "over" } : { ...state, at: "wait" };
    case "waited":
      return { at: "attempt", attempt: state.attempt + 1 };
    case "ended":
      return { ...state, at: "over" };
  }
}

export function retry<T>(
  operation: (attempt: number, signal: AbortSignal) => Promise<T>,
  options: {
    maxAttempts: number;
    baseMs: number;
    maxDelayMs: number;
    signal: AbortSignal;
    isRetryable?: (error: unknown) => boolean;
  },
): Promise<T> {
  const { maxAttempts, baseMs, maxDelayMs, signal } = options;
  if (signal.aborted) return Promise.reject(signal.reason);
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const running = new AbortController(); // for the attempts, so that they end with us
  let timer: ReturnType<typeof setTimeout> | undefined;
  let state: State = { at: "attempt", attempt: 1 };

  const follow = (): void => {
    state = reduce(state, { type: "ended" }, maxAttempts);
    clearTimeout(timer);
    reject(signal.reason);
    running.abort(signal.reason);
  };
  signal.addEventListener("abort", follow, { once: true });
  void promise.then(
    () => signal.removeEventListener("abort", follow),
    () => signal.removeEventListener("abort", follow),
  );

  const enter = (): void => {
    if (state.at === "attempt") {
      operation(state.attempt, running.signal).then(
        (value) => {
          if (state.at !== "attempt") return;
          state = reduce(state, { type: "ended" }, maxAttempts);
          resolve(value);
        },
        (error: unknown) => {
          if (state.at !== "attempt") return;
          const hopeless = options.isRetryable?.(error) === false;
          if (signal.aborted) return;
          state = reduce(state, { type: "failed", error, hopeless }, maxAttempts);
          if (state.at === "over") reject(error);
          else enter();
        },
      );
    } else if (state.at === "wait") {
      const delay = Math.random() * Math.min(maxDelayMs, baseMs * 2 ** (state.attempt - 1));
      timer = setTimeout(() => {
        state = reduce(state, { type: "waited" }, maxAttempts);
        enter();
      }, delay);
    }
  };
  enter();
  return promise;
}
