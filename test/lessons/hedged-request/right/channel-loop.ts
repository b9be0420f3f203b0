// style: the technique of cristalhq/hedgedhttp, one loop that receives results, ticks and the abort from a queue
type Signal =
  | { kind: "answer"; attempt: number; value: unknown }
  | { kind: "failure"; attempt: number; error: unknown }
  | { kind: "tick" }
  | { kind: "abort" };

export async function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  { hedgeAfterMs, maxAttempts, signal }: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  signal.throwIfAborted();

  const queue: Signal[] = [];
  let wake = () => {};
  const send = (message: Signal) => {
    queue.push(message);
    wake();
  };
  const receive = async (): Promise<Signal> => {
    for (;;) {
      const message = queue.shift();
      if (message) return message;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };

  const cancels: AbortController[] = [];
  let spared = -1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const start = () => {
    const controller = new AbortController();
    const attempt = cancels.push(controller);
    operation(controller.signal, attempt).then(
      (value) => send({ kind: "answer", attempt, value }),
      (error: unknown) => send({ kind: "failure", attempt, error }),
    );
    clearTimeout(timer);
    if (attempt < maxAttempts) timer = setTimeout(send, hedgeAfterMs, { kind: "tick" });
  };
  // The abort does not stand in line: it must be the next thing that is heard.
  const onAbort = () => {
    clearTimeout(timer);
    queue.unshift({ kind: "abort" });
    wake();
  };
  signal.addEventListener("abort", onAbort);

  const errors: unknown[] = new Array(maxAttempts);
  let failed = 0;
  try {
    start();
    for (;;) {
      const message = await receive();
      if (message.kind === "abort") throw signal.reason;
      if (message.kind === "answer") {
        spared = message.attempt;
        return message.value as T;
      }
      if (message.kind === "failure") {
        errors[message.attempt - 1] = message.error;
        if (++failed === maxAttempts) throw new AggregateError(errors, "every attempt failed");
      }
      if (cancels.length < maxAttempts) start();
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    cancels.forEach((controller, index) => {
      if (index + 1 !== spared) controller.abort(signal.reason);
    });
  }
}
