// diagnosis: one-cancels-all - the winner has finished, so aborting it does no harm
type Settled<T> = { index: number; ok: true; value: T } | { index: number; ok: false; error: unknown };

export async function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  { hedgeAfterMs, maxAttempts, signal }: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  signal.throwIfAborted();
  const controllers: AbortController[] = [];
  const running = new Map<number, Promise<Settled<T>>>();
  const errors: unknown[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due: Promise<"hedge"> | undefined;

  let onAbort = () => {};
  const aborted = new Promise<"aborted">((resolve) => {
    onAbort = () => {
      controllers.forEach((controller) => controller.abort(signal.reason));
      resolve("aborted");
    };
  });
  signal.addEventListener("abort", onAbort);

  const start = () => {
    const index = controllers.length;
    const controller = new AbortController();
    controllers.push(controller);
    running.set(
      index,
      operation(controller.signal, index + 1).then(
        (value): Settled<T> => ({ index, ok: true, value }),
        (error: unknown): Settled<T> => ({ index, ok: false, error }),
      ),
    );
    clearTimeout(timer);
    due = undefined;
    if (controllers.length < maxAttempts && !signal.aborted) {
      due = new Promise((resolve) => {
        timer = setTimeout(() => resolve("hedge"), hedgeAfterMs);
      });
    }
  };

  try {
    start();
    while (running.size > 0) {
      const event = await Promise.race([aborted, ...running.values(), ...(due ? [due] : [])]);
      if (signal.aborted) throw signal.reason;
      if (event === "hedge") {
        start();
      } else if (event !== "aborted") {
        running.delete(event.index);
        if (event.ok) {
          return event.value;
        }
        errors[event.index] = event.error;
        if (controllers.length < maxAttempts) start();
      }
    }
    throw new AggregateError(errors, `all ${errors.length} attempts failed`);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    controllers.forEach((controller) => controller.abort());
  }
}
