// style: a pure reducer over events, effects at the edge
type Event =
  | { readonly type: "body"; readonly text: string }
  | { readonly type: "lost" }
  | { readonly type: "stop"; readonly reason: unknown };
type State = {
  readonly bodies: readonly string[];
  readonly pending: number;
  readonly end: { readonly error: unknown } | null;
};

function reduce(state: State, event: Event): State {
  if (state.end !== null) return state;
  if (event.type === "stop") return { ...state, end: { error: event.reason } };
  const pending = state.pending - 1;
  const bodies = event.type === "body" ? [...state.bodies, event.text] : state.bodies;
  return { bodies, pending, end: pending === 0 ? { error: undefined } : null };
}

async function request(url: string, signal: AbortSignal): Promise<Event> {
  try {
    const response = await fetch(url, { signal });
    if (response.ok) return { type: "body", text: await response.text() };
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
      requests.abort();
    };

    const onAbort = (): void => dispatch({ type: "stop", reason: signal.reason });
    signal.addEventListener("abort", onAbort, { once: true });
    const timer = setTimeout(() => {
      dispatch({ type: "stop", reason: new DOMException("Deadline exceeded", "TimeoutError") });
    }, timeoutMs);

    for (const url of urls) void request(url, requests.signal).then(dispatch);
  });
}
