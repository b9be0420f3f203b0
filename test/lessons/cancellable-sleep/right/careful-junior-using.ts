// style: verbose careful junior, `using` for the timer and the listener
function listen(signal: AbortSignal | undefined, onAbort: () => void): Disposable {
  if (signal !== undefined) {
    signal.addEventListener("abort", onAbort);
  }
  return {
    [Symbol.dispose]() {
      if (signal !== undefined) {
        signal.removeEventListener("abort", onAbort);
      }
    },
  };
}

function arm(ms: number, onTime: () => void): Disposable {
  const id = setTimeout(onTime, ms);
  return {
    [Symbol.dispose]() {
      clearTimeout(id);
    },
  };
}

export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  // Step 1: a signal that is aborted already means that nothing may be started.
  if (signal !== undefined && signal.aborted) {
    throw signal.reason;
  }
  // Step 2: whichever of the two comes first settles the promise.
  let resolve!: () => void;
  let reject!: (reason: unknown) => void;
  const settled = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  using _timer = arm(ms, resolve);
  using _listener = listen(signal, () => {
    reject(signal!.reason);
  });
  // Step 3: both are let go when this block is left.
  await settled;
}

export async function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  options: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  const signal = options.signal;
  if (signal.aborted) {
    throw signal.reason;
  }

  let rejectAborted!: (reason: unknown) => void;
  const aborted = new Promise<never>((_resolve, reject) => {
    rejectAborted = reject;
  });
  // If nobody happens to be waiting for `aborted` when it rejects, that is fine.
  aborted.catch(() => undefined);
  using _listener = listen(signal, () => {
    rejectAborted(signal.reason);
  });

  while (true) {
    // The check runs on the caller's own signal. Its failure is looked at as a value, so that
    // nothing is left unhandled when the abort overtakes it.
    const outcome = await Promise.race([
      aborted,
      check(signal).then(
        (answer) => ({ ok: true as const, answer }),
        (error: unknown) => ({ ok: false as const, error }),
      ),
    ]);
    if (signal.aborted) {
      throw signal.reason;
    }
    if (!outcome.ok) {
      throw outcome.error;
    }
    if (outcome.answer !== undefined) {
      return outcome.answer;
    }
    await sleep(options.everyMs, signal);
  }
}
