// diagnosis: wrong-result - an attempt that answers nothing has failed
export async function retry<T>(
  operation: (attempt: number, signal: AbortSignal) => Promise<T>,
  options: {
    maxAttempts: number;
    baseMs: number;
    maxDelayMs: number;
    signal: AbortSignal;
    isRetryable?: (error: unknown) => boolean;
  },
): Promise<T> {
  const { maxAttempts, baseMs, maxDelayMs, signal, isRetryable = () => true } = options;
  signal.throwIfAborted();
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await unlessAborted(operation(attempt, signal), signal);
      if (answer || attempt >= maxAttempts) return answer;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (attempt >= maxAttempts || !isRetryable(error)) throw error;
    }
    signal.throwIfAborted();
    await sleep(Math.random() * Math.min(maxDelayMs, baseMs * 2 ** (attempt - 1)), signal);
  }
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
