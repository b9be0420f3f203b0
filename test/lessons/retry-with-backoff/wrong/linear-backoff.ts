// diagnosis: wrong-result, deadline-missed - each wait is one base longer than the last
function onAbort(signal: AbortSignal, callback: () => void): Disposable {
  signal.addEventListener("abort", callback);
  return {
    [Symbol.dispose]() {
      signal.removeEventListener("abort", callback);
    },
  };
}

function startTimer(ms: number, callback: () => void): Disposable {
  const id = setTimeout(callback, ms);
  return {
    [Symbol.dispose]() {
      clearTimeout(id);
    },
  };
}

/** Waits, or rejects with the reason of the signal. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  let wakeUp!: () => void;
  let giveUp!: (reason: unknown) => void;
  const over = new Promise<void>((resolve, reject) => {
    wakeUp = resolve;
    giveUp = reject;
  });
  using _timer = startTimer(ms, wakeUp);
  using _listener = onAbort(signal, () => giveUp(signal.reason));
  await over;
}

/** Runs one attempt. An abort does not wait for the attempt to notice it. */
async function tryOnce<T>(
  operation: (attempt: number, signal: AbortSignal) => Promise<T>,
  attempt: number,
  signal: AbortSignal,
): Promise<T> {
  let giveUp!: (reason: unknown) => void;
  const aborted = new Promise<never>((_resolve, reject) => {
    giveUp = reject;
  });
  aborted.catch(() => {});
  using _listener = onAbort(signal, () => giveUp(signal.reason));
  const result = await Promise.race([aborted, operation(attempt, signal)]);
  return result;
}

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
  const signal = options.signal;
  let attempt = 1;
  while (true) {
    if (signal.aborted) {
      throw signal.reason;
    }
    let failure: unknown;
    try {
      const value = await tryOnce(operation, attempt, signal);
      return value;
    } catch (error) {
      failure = error;
    }

    // The abort wins over everything that the attempt may have said about it.
    if (signal.aborted) {
      throw signal.reason;
    }
    if (options.isRetryable !== undefined) {
      const retryable = options.isRetryable(failure);
      if (!retryable) {
        throw failure;
      }
      if (signal.aborted) {
        throw signal.reason;
      }
    }
    if (attempt === options.maxAttempts) {
      throw failure;
    }

    const exponential = options.baseMs * attempt;
    const ceiling = exponential < options.maxDelayMs ? exponential : options.maxDelayMs;
    const delay = Math.random() * ceiling;
    await pause(delay, signal);
    attempt = attempt + 1;
  }
}
