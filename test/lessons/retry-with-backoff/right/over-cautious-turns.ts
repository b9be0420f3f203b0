// style: over-cautious, checks the signal everywhere and lets turns pass
interface RetryOptions {
  maxAttempts: number;
  baseMs: number;
  maxDelayMs: number;
  signal: AbortSignal;
  isRetryable?: (error: unknown) => boolean;
}

const nextTurn = async (): Promise<void> => {
  await null;
  await null;
};

type Outcome<T> = { ok: true; value: T } | { ok: false; error: unknown };

async function outcomeOf<T>(run: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    return { ok: false, error };
  }
}

export async function retry<T>(
  operation: (attempt: number, signal: AbortSignal) => Promise<T>,
  { maxAttempts, baseMs, maxDelayMs, signal, isRetryable }: RetryOptions,
): Promise<T> {
  const giveUpIfAborted = (): void => {
    if (signal.aborted) throw signal.reason;
  };
  giveUpIfAborted();
  await nextTurn();
  giveUpIfAborted();
  let ceiling = baseMs;
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const outcome = await outcomeOf(() => firstOf(signal, operation(attempt, signal)));
    await nextTurn();
    if (outcome.ok) return outcome.value;
    giveUpIfAborted();
    const { error } = outcome;
    if (attempt === maxAttempts) throw error;
    const worthIt = isRetryable === undefined ? true : isRetryable(error);
    await nextTurn();
    giveUpIfAborted();
    if (!worthIt) throw error;
    const ms = Math.random() * Math.min(ceiling, maxDelayMs);
    ceiling *= 2;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await firstOf(
        signal,
        new Promise<void>((resolve) => {
          timer = setTimeout(resolve, ms);
        }),
      );
    } finally {
      clearTimeout(timer);
    }
    await nextTurn();
    giveUpIfAborted();
  }
  throw new RangeError("maxAttempts must be at least 1");
}

/** Never leaves its listener behind; an abort that has been counts, too. */
function firstOf<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort);
  });
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener("abort", onAbort));
}
