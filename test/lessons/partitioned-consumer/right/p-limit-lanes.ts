// style: a p-limit of one for each partition and a counting gate, async/await
export interface Message {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}
interface Options {
  maxInFlight: number;
  handlerTimeoutMs: number;
  signal: AbortSignal;
}
type Handler = (message: Message, signal: AbortSignal) => Promise<void>;

/** As p-limit does it: a queue of functions that resume an async function, and a count of those at work. */
function limiter(concurrency: number) {
  const queue: (() => void)[] = [];
  let active = 0;
  const next = () => {
    active--;
    queue.shift()?.();
  };
  return async <T>(job: () => Promise<T>): Promise<T> => {
    if (active >= concurrency) await new Promise<void>((resume) => queue.push(resume));
    active++;
    try {
      return await job();
    } finally {
      next();
    }
  };
}

export async function consume(
  messages: AsyncIterable<Message>,
  handler: Handler,
  { maxInFlight, handlerTimeoutMs, signal }: Options,
): Promise<Map<number, number>> {
  const offsets = new Map<number, number>();
  if (signal.aborted) return offsets;
  const iterator = messages[Symbol.asyncIterator]();
  const limits = new Map<number, ReturnType<typeof limiter>>();
  const stopped = new Set<number>();
  const open = new Set<Promise<void>>();
  const stop = AbortSignal.any([signal]);
  let wake = () => {};
  stop.addEventListener("abort", () => wake());

  async function one(message: Message): Promise<void> {
    if (stop.aborted || stopped.has(message.partition)) return;
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(new DOMException("too slow", "TimeoutError")), handlerTimeoutMs);
    try {
      await handler(message, AbortSignal.any([stop, deadline.signal]));
      if (deadline.signal.aborted) throw deadline.signal.reason;
      offsets.set(message.partition, message.offset + 1);
    } catch {
      stopped.add(message.partition);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resolves when something has changed: a message ended, the source answered, the caller aborted. */
  const change = () => new Promise<void>((resolve) => (wake = resolve));

  let answer: { step?: IteratorResult<Message>; error?: unknown } | undefined;
  let asking = false;
  let ended = false;
  let failed = false;
  let failure: unknown;
  while (!stop.aborted) {
    if (!asking && !ended && open.size < maxInFlight) {
      asking = true;
      iterator.next().then(
        (step) => {
          answer = { step };
          wake();
        },
        (error) => {
          answer = { error };
          wake();
        },
      );
    }
    if (ended && open.size === 0) break;
    if (!answer) await change();
    if (stop.aborted || !answer) continue;
    const { step, error } = answer;
    answer = undefined;
    asking = false;
    if (!step) {
      ended = failed = true;
      failure = error;
    } else if (step.done) {
      ended = true;
    } else {
      const message = step.value;
      if (!offsets.has(message.partition)) offsets.set(message.partition, message.offset);
      const limit = limits.get(message.partition) ?? limiter(1);
      limits.set(message.partition, limit);
      const job = limit(() => one(message)).finally(() => {
        open.delete(job);
        wake();
      });
      open.add(job);
    }
  }
  if (stop.aborted && !ended) Promise.resolve(iterator.return?.()).catch(() => {});
  await Promise.all(open);
  if (failed) throw failure;
  return offsets;
}
