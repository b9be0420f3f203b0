// diagnosis: wrong-result, work-still-running, settled-before-cleanup - "text() has been called, so the body is as good as there"
type Event =
  | { readonly type: "body"; readonly text: string }
  | { readonly type: "lost" }
  | { readonly type: "read" }
  | { readonly type: "stop"; readonly reason: unknown };
type State = {
  readonly bodies: readonly string[];
  readonly pending: number;
  readonly end: { readonly error: unknown } | null;
};

function reduce(state: State, event: Event): State {
  if (state.end !== null) return state;
  if (event.type === "stop") return { ...state, end: { error: event.reason } };
  if (event.type === "body") return { ...state, bodies: [...state.bodies, event.text] };
  const pending = state.pending - 1;
  return { bodies: state.bodies, pending, end: pending === 0 ? { error: undefined } : null };
}

async function request(url: string, signal: AbortSignal, keep: (text: string) => void): Promise<Event> {
  try {
    const response = await fetch(url, { signal });
    if (response.ok) {
      response.text().then(keep, () => {});
      return { type: "read" };
    }
    response.body?.cancel().catch(() => {});
    return { type: "lost" };
  } catch {
    return { type: "lost" };
  }
}

export function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  if (signal.aborted) return Promise.resolve({ results: [], error: signal.reason });
  if (urls.length === 0) return Promise.resolve({ results: [], error: undefined });

  return new Promise((resolve) => {
    const requests = new AbortController();
    let state: State = { bodies: [], pending: urls.length, end: null };

    const dispatch = (event: Event): void => {
      const before = state;
      state = reduce(state, event);
      if (before.end !== null || state.end === null) return;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      resolve({ results: [...state.bodies], error: state.end.error });
    };

    const keep = (text: string): void => dispatch({ type: "body", text });
    const halt = (reason: unknown): void => {
      dispatch({ type: "stop", reason });
      requests.abort(reason);
    };
    const onAbort = (): void => halt(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    const timer = setTimeout(() => {
      halt(new DOMException("Deadline exceeded", "TimeoutError"));
    }, timeoutMs);

    for (const url of urls) void request(url, requests.signal, keep).then(dispatch);
  });
}
