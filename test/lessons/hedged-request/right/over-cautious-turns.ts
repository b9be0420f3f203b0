// style: over-cautious: extra turns before everything, and the signal is looked at again after each
const breathe = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn++) await Promise.resolve();
};

export async function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  const { hedgeAfterMs, maxAttempts, signal } = options;
  if (signal.aborted) throw signal.reason;
  let settled = false;
  let settle!: { resolve: (value: T) => void; reject: (reason: unknown) => void };
  const outcome = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  const members = new Map<number, AbortController>();
  const errors = new Map<number, unknown>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let started = 0;

  const finish = (): boolean => {
    if (settled) return false;
    settled = true;
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    return true;
  };
  const stopOthers = (winner?: number): void => {
    for (const [attempt, controller] of members) if (attempt !== winner) controller.abort(signal.reason);
  };
  const onAbort = (): void => {
    if (!finish()) return;
    stopOthers();
    settle.reject(signal.reason);
  };
  signal.addEventListener("abort", onAbort);

  const attemptOne = async (): Promise<void> => {
    if (settled || signal.aborted || started >= maxAttempts) return;
    started += 1;
    const attempt = started;
    const controller = new AbortController();
    members.set(attempt, controller);
    clearTimeout(timer);
    if (attempt < maxAttempts) timer = setTimeout(() => void attemptOne(), hedgeAfterMs);
    let value: T;
    try {
      value = await operation(controller.signal, attempt);
    } catch (error) {
      members.delete(attempt);
      errors.set(attempt, error);
      await breathe();
      if (settled || signal.aborted) return;
      if (errors.size === maxAttempts) {
        finish();
        const list = Array.from({ length: maxAttempts }, (_, index) => errors.get(index + 1));
        settle.reject(new AggregateError(list, `${String(maxAttempts)} attempts failed`));
        return;
      }
      void attemptOne();
      return;
    }
    if (!finish()) return;
    stopOthers(attempt);
    settle.resolve(value);
  };
  await breathe();
  if (!settled) void attemptOne();
  return await outcome;
}
