// style: an async generator yields events from a small queue, functional helpers
type Event<T> =
  | { kind: "due" }
  | { kind: "aborted" }
  | { kind: "won"; by: number; value: T }
  | { kind: "lost"; by: number; error: unknown };

function mailbox<E>() {
  const letters: E[] = [];
  let ring = () => {};
  return {
    put: (letter: E) => {
      letters.push(letter);
      ring();
    },
    async *read(): AsyncGenerator<E, never, void> {
      for (;;) {
        while (letters.length > 0) yield letters.shift()!;
        await new Promise<void>((resolve) => (ring = resolve));
      }
    },
  };
}

export const hedge = async <T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> => {
  const { hedgeAfterMs, maxAttempts, signal } = options;
  if (signal.aborted) throw signal.reason;
  const { put, read } = mailbox<Event<T>>();
  const attempts: AbortController[] = [];
  const errors: unknown[] = [];
  let lost = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const abortAll = (reason: unknown, except?: number) =>
    attempts.forEach((attempt, index) => {
      if (index !== except) attempt.abort(reason);
    });
  const onAbort = () => {
    clearTimeout(timer);
    abortAll(signal.reason);
    put({ kind: "aborted" });
  };
  const start = () => {
    clearTimeout(timer);
    if (signal.aborted || attempts.length === maxAttempts) return;
    const by = attempts.length;
    attempts.push(new AbortController());
    if (attempts.length < maxAttempts) timer = setTimeout(put, hedgeAfterMs, { kind: "due" });
    operation(attempts[by].signal, by + 1).then(
      (value) => put({ kind: "won", by, value }),
      (error) => put({ kind: "lost", by, error }),
    );
  };

  signal.addEventListener("abort", onAbort);
  try {
    start();
    for await (const event of read()) {
      if (signal.aborted) break;
      if (event.kind === "due") start();
      if (event.kind === "won") {
        abortAll(new DOMException("too slow", "AbortError"), event.by);
        return event.value;
      }
      if (event.kind === "lost") {
        errors[event.by] = event.error;
        if (++lost === maxAttempts) throw new AggregateError(errors, "no attempt succeeded");
        start();
      }
    }
    throw signal.reason;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
};
