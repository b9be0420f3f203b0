// style: AbortSignal.any for each attempt, one Promise.race a round over what may happen next
export async function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  const { hedgeAfterMs, maxAttempts, signal } = options;
  signal.throwIfAborted();
  type Note = { attempt: number } & ({ value: T } | { error: unknown });
  const cancels = new Map<number, AbortController>();
  const errors: unknown[] = new Array(maxAttempts).fill(undefined);
  const racing = new Map<number, Promise<Note>>();
  const done = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { signal: done.signal });
  });
  aborted.catch(() => {});
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tick: Promise<void> = Promise.resolve();

  const start = (): void => {
    const attempt = cancels.size + 1;
    const own = new AbortController();
    cancels.set(attempt, own);
    clearTimeout(timer);
    tick =
      attempt < maxAttempts
        ? new Promise((resolve) => (timer = setTimeout(resolve, hedgeAfterMs)))
        : new Promise(() => {});
    const running = operation(AbortSignal.any([own.signal, signal]), attempt);
    racing.set(
      attempt,
      running.then(
        (value) => ({ attempt, value }),
        (error: unknown) => ({ attempt, error }),
      ),
    );
  };

  let winner = 0;
  try {
    start();
    for (;;) {
      const note = await Promise.race([aborted, ...racing.values(), tick]);
      if (note === undefined) {
        start();
        continue;
      }
      if ("value" in note) {
        winner = note.attempt;
        return note.value;
      }
      racing.delete(note.attempt);
      errors[note.attempt - 1] = note.error;
      if (cancels.size < maxAttempts) start();
      else if (racing.size === 0) throw new AggregateError(errors, "no attempt succeeded");
    }
  } finally {
    clearTimeout(timer);
    done.abort();
    for (const [attempt, own] of cancels) if (attempt !== winner) own.abort();
  }
}
