// style: a small push pipeline after RxJS: source, groupBy partition, concatMap each, merge
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

interface Observer<T> {
  next(value: T): void;
  complete(): void;
}

/** One handler at a time, in order; `ended` says how each went, a stopped group only counts. */
function concatGroup(
  run: (message: Message) => Promise<boolean>,
  report: (message: Message, verdict: "handled" | "failed" | "dropped") => void,
): Observer<Message> & { drop(): void } {
  let buffer: Message[] = [];
  let busy = false;
  let dead = false;
  const step = () => {
    const message = buffer.shift();
    if (message === undefined) return;
    busy = true;
    run(message).then((ok) => {
      busy = false;
      dead ||= !ok;
      report(message, ok ? "handled" : "failed");
      if (dead) group.drop();
      else step();
    });
  };
  const group = {
    next(message: Message) {
      if (dead) return report(message, "dropped");
      buffer.push(message);
      if (!busy) step();
    },
    drop() {
      dead = true;
      const rest = buffer;
      buffer = [];
      for (const message of rest) report(message, "dropped");
    },
    complete() {},
  };
  return group;
}

export const consume = (messages: AsyncIterable<Message>, handler: Handler, options: Options) =>
  new Promise<Map<number, number>>((resolve, reject) => {
    const { signal, handlerTimeoutMs, maxInFlight } = options;
    const offsets = new Map<number, number>();
    if (signal.aborted) return resolve(offsets);

    const groups = new Map<number, ReturnType<typeof concatGroup>>();
    const teardowns = new Set<(reason: unknown) => void>();
    const upstream = messages[Symbol.asyncIterator]();
    let demand = maxInFlight;
    let subscribed = true;
    let pending = false;
    let finish = () => resolve(offsets);

    const run = async (message: Message): Promise<boolean> => {
      const inner = new AbortController();
      const teardown = (reason: unknown) => inner.abort(reason);
      const started = Date.now();
      const timer = setTimeout(teardown, handlerTimeoutMs, new DOMException("timed out", "TimeoutError"));
      teardowns.add(teardown);
      try {
        await handler(message, inner.signal);
        return Date.now() - started < handlerTimeoutMs || !inner.signal.aborted;
      } catch {
        return false;
      } finally {
        teardowns.delete(teardown);
        clearTimeout(timer);
      }
    };

    const request = () => {
      if (!subscribed || pending || demand === 0) return;
      pending = true;
      upstream.next().then(
        (step) => {
          pending = false;
          if (!subscribed) return;
          if (step.done) return complete(() => resolve(offsets));
          demand--;
          route(step.value);
          request();
        },
        (error) => {
          if (subscribed) complete(() => reject(error));
        },
      );
    };

    const route = (message: Message) => {
      const { partition, offset } = message;
      let group = groups.get(partition);
      if (group === undefined) {
        offsets.set(partition, offset);
        group = concatGroup(run, (of, verdict) => {
          if (verdict === "handled") offsets.set(of.partition, of.offset + 1);
          demand++;
          request();
          drain();
        });
        groups.set(partition, group);
      }
      group.next(message);
    };

    const complete = (how: () => void) => {
      subscribed = false;
      finish = how;
      drain();
    };
    const drain = () => {
      if (subscribed || demand < maxInFlight) return;
      signal.removeEventListener("abort", unsubscribe);
      finish();
    };
    const unsubscribe = () => {
      if (subscribed) upstream.return?.().catch(() => {});
      subscribed = false;
      for (const teardown of [...teardowns]) teardown(signal.reason);
      for (const group of groups.values()) group.drop();
      drain();
    };

    signal.addEventListener("abort", unsubscribe);
    request();
  });
