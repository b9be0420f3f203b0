// style: terse senior; a disposable deadline with `using`, a drain loop per partition
export interface Message {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}
type Lane = { todo: Message[]; busy: boolean; dead: boolean };

const deadline = (ms: number, parent: AbortSignal) => {
  const own = new AbortController();
  const follow = () => own.abort(parent.reason);
  const self = {
    signal: own.signal,
    struck: false,
    [Symbol.dispose]() {
      clearTimeout(timer);
      parent.removeEventListener("abort", follow);
    },
  };
  const timer = setTimeout(() => {
    self.struck = true;
    own.abort(new DOMException("handler deadline", "TimeoutError"));
  }, ms);
  parent.addEventListener("abort", follow);
  return self;
};

export async function consume(
  messages: AsyncIterable<Message>,
  handler: (message: Message, signal: AbortSignal) => Promise<void>,
  o: { maxInFlight: number; handlerTimeoutMs: number; signal: AbortSignal },
): Promise<Map<number, number>> {
  const at = new Map<number, number>();
  if (o.signal.aborted) return at;
  const it = messages[Symbol.asyncIterator]();
  const lanes = new Map<number, Lane>();
  const gone = Promise.withResolvers<null>();
  const drains: Promise<void>[] = [];
  let n = 0;
  let over = false;
  let tick = Promise.withResolvers<void>();

  const done = (k: number) => {
    n -= k;
    tick.resolve();
  };

  const drain = async (lane: Lane) => {
    lane.busy = true;
    for (let m; (m = lane.todo.shift());) {
      try {
        using limit = deadline(o.handlerTimeoutMs, o.signal);
        await handler(m, limit.signal);
        if (limit.struck) throw limit.signal.reason;
        at.set(m.partition, m.offset + 1);
      } catch {
        lane.dead = true;
        done(lane.todo.splice(0).length);
      }
      done(1);
    }
    lane.busy = false;
  };

  const onAbort = () => {
    if (!over) it.return?.().catch(() => {});
    over = true;
    for (const { todo } of lanes.values()) done(todo.splice(0).length);
    gone.resolve(null);
  };
  o.signal.addEventListener("abort", onAbort);

  let error: { cause: unknown } | undefined;
  while (!over) {
    if (n >= o.maxInFlight) {
      tick = Promise.withResolvers<void>();
      await Promise.race([tick.promise, gone.promise]);
      continue;
    }
    try {
      const step = await Promise.race([it.next(), gone.promise]);
      if (over || !step) break;
      if (step.done) over = true;
      else {
        const m = step.value;
        const lane = lanes.get(m.partition) ?? { todo: [], busy: false, dead: false };
        if (!lanes.has(m.partition)) {
          lanes.set(m.partition, lane);
          at.set(m.partition, m.offset);
        }
        if (lane.dead) continue;
        n++;
        lane.todo.push(m);
        if (!lane.busy) drains.push(drain(lane));
      }
    } catch (cause) {
      if (over) break;
      over = true;
      error = { cause };
    }
  }
  await Promise.all(drains);
  o.signal.removeEventListener("abort", onAbort);
  if (error) throw error.cause;
  return at;
}
