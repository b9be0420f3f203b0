// diagnosis: retried-after-abort, work-still-running, timer-still-armed, late-after-abort - every failure deserves another attempt
interface Attempt {
  attempt: number;
  controller: AbortController;
  state: "running" | "failed" | "won";
  error: unknown;
}

class HedgeTimer implements Disposable {
  private id: ReturnType<typeof setTimeout> | undefined = undefined;
  restart(ms: number, callback: () => void): void {
    this.stop();
    this.id = setTimeout(callback, ms);
  }
  stop(): void {
    clearTimeout(this.id);
    this.id = undefined;
  }
  [Symbol.dispose](): void {
    this.stop();
  }
}

class AbortListener implements Disposable {
  private readonly signal: AbortSignal;
  private readonly callback: () => void;
  constructor(signal: AbortSignal, callback: () => void) {
    this.signal = signal;
    this.callback = callback;
    signal.addEventListener("abort", callback);
  }
  [Symbol.dispose](): void {
    this.signal.removeEventListener("abort", this.callback);
  }
}

export async function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  if (options.signal.aborted) {
    throw options.signal.reason;
  }

  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const outcome = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  const attempts: Attempt[] = [];
  let finished = false;

  using timer = new HedgeTimer();
  using _listener = new AbortListener(options.signal, () => {
    if (finished) {
      return;
    }
    finished = true;
    timer.stop();
    reject(options.signal.reason);
    for (const one of attempts) {
      one.controller.abort(options.signal.reason);
    }
  });

  function onSuccess(winner: Attempt, value: T): void {
    if (finished) {
      return; // another one was faster, or the caller has aborted
    }
    finished = true;
    winner.state = "won";
    timer.stop();
    resolve(value);
    for (const one of attempts) {
      if (one.state === "running") {
        one.controller.abort(new DOMException("Another attempt has won.", "AbortError"));
      }
    }
  }

  function onFailure(loser: Attempt, error: unknown): void {
    loser.state = "failed";
    loser.error = error;
    if (attempts.length < options.maxAttempts) {
      startAttempt();
      return;
    }
    const stillRunning = attempts.filter((one) => one.state === "running");
    if (stillRunning.length === 0) {
      finished = true;
      reject(
        new AggregateError(
          attempts.map((one) => one.error),
          "Every attempt failed.",
        ),
      );
    }
  }

  function startAttempt(): void {
    const one: Attempt = {
      attempt: attempts.length + 1,
      controller: new AbortController(),
      state: "running",
      error: undefined,
    };
    attempts.push(one);
    if (attempts.length < options.maxAttempts) {
      timer.restart(options.hedgeAfterMs, startAttempt);
    } else {
      timer.stop();
    }
    operation(one.controller.signal, one.attempt).then(
      (value) => onSuccess(one, value),
      (error) => onFailure(one, error),
    );
  }

  startAttempt();
  return await outcome;
}
