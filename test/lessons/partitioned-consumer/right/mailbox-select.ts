// style: one select loop over a mailbox; source, handlers and abort only post news, and the loop alone changes anything
export interface Message {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}

interface Lane {
  next: number;
  queue: Message[];
  /** Of the handler at work. */
  own: AbortController | undefined;
  dead: boolean;
}

type News =
  | { readonly kind: "step"; readonly step: IteratorResult<Message> }
  | { readonly kind: "threw"; readonly error: unknown }
  | { readonly kind: "over"; readonly lane: Lane; readonly handled: Message | undefined }
  | { readonly kind: "abort" };

export async function consume(
  messages: AsyncIterable<Message>,
  handler: (message: Message, signal: AbortSignal) => Promise<void>,
  { maxInFlight, handlerTimeoutMs, signal }: { maxInFlight: number; handlerTimeoutMs: number; signal: AbortSignal },
): Promise<Map<number, number>> {
  const lanes = new Map<number, Lane>();
  if (signal.aborted) return new Map();

  const mailbox: News[] = [];
  let wake = (): void => {};
  const post = (news: News): void => {
    mailbox.push(news);
    wake();
  };
  const receive = async (): Promise<News> => {
    for (;;) {
      const news = mailbox.shift();
      if (news !== undefined) return news;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };

  const source = messages[Symbol.asyncIterator]();
  const ask = (): void => {
    source.next().then(
      (step) => post({ kind: "step", step }),
      (error: unknown) => post({ kind: "threw", error }),
    );
  };

  const work = async (lane: Lane, message: Message, own: AbortController): Promise<void> => {
    let late = false;
    let handled: Message | undefined;
    const timer = setTimeout(() => {
      late = true;
      own.abort(new DOMException("deadline of the handler", "TimeoutError"));
    }, handlerTimeoutMs);
    try {
      await handler(message, own.signal);
      if (!late) handled = message;
    } catch {
      // The lane hears that nothing was handled.
    } finally {
      clearTimeout(timer);
    }
    post({ kind: "over", lane, handled });
  };

  const onAbort = (): void => post({ kind: "abort" });
  signal.addEventListener("abort", onAbort);
  let asking = false;
  let reading = true;
  let failure: { readonly error: unknown } | undefined;

  try {
    for (;;) {
      let inFlight = 0;
      for (const lane of lanes.values()) {
        const [first] = lane.queue;
        if (first !== undefined && lane.own === undefined && !signal.aborted) {
          lane.queue.shift();
          lane.own = new AbortController();
          void work(lane, first, lane.own);
        }
        inFlight += lane.queue.length + (lane.own === undefined ? 0 : 1);
      }
      if (!reading && inFlight === 0) break;
      if (reading && !asking && inFlight < maxInFlight && !signal.aborted) {
        asking = true;
        ask();
      }
      const news = await receive();
      switch (news.kind) {
        case "step": {
          asking = false;
          if (!reading || signal.aborted) break;
          if (news.step.done === true) {
            reading = false;
            break;
          }
          const { value } = news.step;
          const lane = lanes.get(value.partition) ?? { next: value.offset, queue: [], own: undefined, dead: false };
          lanes.set(value.partition, lane);
          if (!lane.dead) lane.queue.push(value);
          break;
        }
        case "threw":
          if (!reading || signal.aborted) break;
          reading = false;
          failure = news;
          break;
        case "over":
          news.lane.own = undefined;
          if (news.handled !== undefined) news.lane.next = news.handled.offset + 1;
          else {
            news.lane.dead = true;
            news.lane.queue = [];
          }
          break;
        case "abort":
          if (reading) source.return?.().then(undefined, () => {});
          reading = false;
          for (const lane of lanes.values()) {
            lane.queue = [];
            lane.own?.abort(signal.reason);
          }
      }
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
  if (failure !== undefined) throw failure.error;
  return new Map([...lanes].map(([partition, { next }]) => [partition, next]));
}
