// diagnosis: wrong-result, error-swallowed - a stop drops what is queued; the next message makes a fresh start
export interface Message {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}

export function consume(
  messages: AsyncIterable<Message>,
  handler: (message: Message, signal: AbortSignal) => Promise<void>,
  options: { maxInFlight: number; handlerTimeoutMs: number; signal: AbortSignal },
): Promise<Map<number, number>> {
  const { maxInFlight, handlerTimeoutMs, signal } = options;
  const next = new Map<number, number>();
  if (signal.aborted) return Promise.resolve(next);

  const { promise, resolve, reject } = Promise.withResolvers<Map<number, number>>();
  const follower = AbortSignal.any([signal]);
  const source = messages[Symbol.asyncIterator]();
  const backlogs = new Map<number, Message[]>();
  let unfinished = 0;
  let asking = false;
  let ending: (() => void) | undefined;

  const check = () => {
    if (ending && unfinished === 0) {
      follower.onabort = null;
      ending();
    } else if (!ending && !asking && unfinished < maxInFlight) {
      asking = true;
      source.next().then(answered, failed);
    }
  };

  const answered = (step: IteratorResult<Message>) => {
    asking = false;
    if (ending) return;
    if (step.done) {
      ending = () => resolve(next);
    } else {
      const message = step.value;
      const { partition, offset } = message;
      if (!next.has(partition)) next.set(partition, offset);
      unfinished++;
      const backlog = backlogs.get(partition);
      if (backlog) backlog.push(message);
      else {
        backlogs.set(partition, []);
        void work(message);
      }
    }
    check();
  };

  const failed = (error: unknown) => {
    if (ending) return;
    ending = () => reject(error);
    check();
  };

  const work = async (message: Message): Promise<void> => {
    const { partition, offset } = message;
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(new DOMException("too slow", "TimeoutError")), handlerTimeoutMs);
    try {
      await handler(message, AbortSignal.any([follower, deadline.signal]));
      clearTimeout(timer);
      if (deadline.signal.aborted) throw deadline.signal.reason;
      next.set(partition, offset + 1);
    } catch {
      clearTimeout(timer);
      forget(partition);
    }
    unfinished--;
    const following = backlogs.get(partition)?.shift();
    if (following) void work(following);
    else backlogs.delete(partition);
    check();
  };

  const forget = (partition: number) => {
    unfinished -= backlogs.get(partition)?.splice(0).length ?? 0;
  };

  follower.onabort = () => {
    if (!ending) {
      ending = () => resolve(next);
      source.return?.().catch(() => {});
    }
    for (const partition of backlogs.keys()) forget(partition);
    check();
  };

  check();
  return promise;
}
