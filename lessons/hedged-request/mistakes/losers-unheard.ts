// diagnosis: unhandled-rejection - after the answer nobody asks for the other promises, so nothing can come of them
// seen in Azure/azure-cosmos-dotnet-v3 PR #6030 (C#)
export async function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  const { hedgeAfterMs, maxAttempts, signal } = options;
  signal.throwIfAborted();

  type Outcome = { attempt: number; value: T } | { attempt: number; error: unknown };
  const running = new Map<number, { controller: AbortController; answer: Promise<T> }>();
  const errors: unknown[] = [];
  let started = 0;
  const start = () => {
    const controller = new AbortController();
    const attempt = ++started;
    running.set(attempt, { controller, answer: operation(controller.signal, attempt) });
  };
  const gone = Promise.withResolvers<never>();
  gone.promise.catch(() => undefined);
  const onAbort = () => gone.reject(signal.reason);
  signal.addEventListener("abort", onAbort);

  try {
    start();
    for (;;) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const outcome = await new Promise<Outcome | "pause">((resolve, reject) => {
        gone.promise.catch(reject);
        if (started < maxAttempts) timer = setTimeout(resolve, hedgeAfterMs, "pause");
        for (const [attempt, { answer }] of running) {
          // Looks at both ends of each attempt, but makes a promise of its own that nobody looks at.
          void answer.then((value) => resolve({ attempt, value }));
          answer.catch((error: unknown) => resolve({ attempt, error }));
        }
      });
      clearTimeout(timer);
      if (outcome !== "pause") {
        running.delete(outcome.attempt);
        if ("value" in outcome) return outcome.value;
        errors[outcome.attempt - 1] = outcome.error;
        if (started === maxAttempts && running.size === 0) throw new AggregateError(errors);
      }
      if (started < maxAttempts) start();
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    for (const { controller } of running.values()) controller.abort();
  }
}
