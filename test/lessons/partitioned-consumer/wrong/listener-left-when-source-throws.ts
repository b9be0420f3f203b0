// diagnosis: listener-left-on-signal - cleaning up belongs where it went well
export interface Message {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}
type Verdict = "handled" | "stopped";

const withDeadline = (
  ms: number,
  parent: AbortSignal,
  body: (signal: AbortSignal) => Promise<void>,
): Promise<Verdict> => {
  const control = new AbortController();
  const state = { expired: false };
  const follow = () => control.abort(parent.reason);
  const timer = setTimeout(() => {
    state.expired = true;
    control.abort(new DOMException("deadline exceeded", "TimeoutError"));
  }, ms);
  parent.addEventListener("abort", follow, { once: true });
  return body(control.signal)
    .finally(() => {
      clearTimeout(timer);
      parent.removeEventListener("abort", follow);
    })
    .then(
      () => (state.expired ? "stopped" : "handled"),
      () => "stopped" as const,
    );
};

export const consume = (
  messages: AsyncIterable<Message>,
  handler: (message: Message, signal: AbortSignal) => Promise<void>,
  options: { maxInFlight: number; handlerTimeoutMs: number; signal: AbortSignal },
): Promise<Map<number, number>> => {
  const { maxInFlight, handlerTimeoutMs, signal } = options;
  const commits = new Map<number, number>();
  if (signal.aborted) return Promise.resolve(commits);

  const iterator = messages[Symbol.asyncIterator]();
  const tails = new Map<number, Promise<Verdict>>();
  let busy = 0;
  let wake = () => {};
  let closed = false;
  let stop = () => {};
  const stopped = new Promise<"stop">((resolve) => {
    stop = () => resolve("stop");
  });

  const onAbort = () => {
    if (!closed) {
      closed = true;
      Promise.resolve(iterator.return?.()).then(null, () => null);
    }
    wake();
    stop();
  };
  signal.addEventListener("abort", onAbort);

  const free = (verdict: Verdict): Verdict => {
    busy -= 1;
    wake();
    return verdict;
  };

  const place = (message: Message): void => {
    const { partition, offset } = message;
    if (!commits.has(partition)) commits.set(partition, offset);
    busy += 1;
    const tail = (tails.get(partition) ?? Promise.resolve<Verdict>("handled"))
      .then((verdict): Verdict | Promise<Verdict> => {
        if (verdict === "stopped" || signal.aborted) return "stopped";
        return withDeadline(handlerTimeoutMs, signal, (own) => handler(message, own));
      })
      .then((verdict) => {
        if (verdict === "handled") commits.set(partition, offset + 1);
        return free(verdict);
      });
    tails.set(partition, tail);
  };

  const pump = (): Promise<void> => {
    if (closed) return Promise.resolve();
    if (busy >= maxInFlight) {
      return new Promise<void>((resolve) => {
        wake = resolve;
      }).then(pump);
    }
    return Promise.race([iterator.next(), stopped]).then(
      (step) => {
        if (closed || step === "stop") return undefined;
        if (step.done) {
          closed = true;
          return undefined;
        }
        place(step.value);
        return pump();
      },
      (error: unknown) => {
        if (closed) return;
        closed = true;
        throw error;
      },
    );
  };

  const drained = () => Promise.all(tails.values());
  return pump()
    .finally(drained)
    .then(() => {
      signal.removeEventListener("abort", onAbort);
      return commits;
    });
};
