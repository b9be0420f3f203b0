// diagnosis: late-after-abort - it is enough to look at the signal when the time is over
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });
  signal?.throwIfAborted();
}

export async function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  options: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  const { everyMs, signal } = options;
  signal.throwIfAborted();
  for (;;) {
    const answer = await unlessAborted(signal, () => check(signal));
    if (answer !== undefined) return answer;
    await sleep(everyMs, signal);
  }
}

function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", leave));
  });
}
