// diagnosis: late-after-abort - on an abort the attempts end, and with them the race
type Settled<T> = { index: number; ok: true; value: T } | { index: number; ok: false; error: unknown };

export async function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  { hedgeAfterMs, maxAttempts, signal }: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  signal.throwIfAborted();
  const controllers: AbortController[] = [];
  const running = new Map<number, Promise<Settled<T>>>();
  const errors: unknown[] = [];
  let winner = -1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due: Promise<"hedge"> | undefined;

  let onAbort = () => {};
  const aborted = new Promise<"aborted">((resolve) => {
    onAbort = () => {
      controllers.forEach((controller) => controller.abort(signal.reason));
      Promise.allSettled(running.values()).then(() => resolve("aborted"));
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
      const event = await Promise.race(
        signal.aborted ? [aborted] : [aborted, ...running.values(), ...(due ? [due] : [])],
      );
      if (event === "aborted") throw signal.reason;
      if (signal.aborted) continue;
      if (event === "hedge") {
        start();
      } else {
        running.delete(event.index);
        if (event.ok) {
          winner = event.index;
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
    controllers.forEach((controller, index) => index !== winner && controller.abort());
  }
}
