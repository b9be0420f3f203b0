// diagnosis: aborted-signal-unchecked, never-settles - the abort listener also tells of an abort before the call
export interface Message {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}

interface Lane {
  readonly queue: Message[];
  busy: boolean;
  stopped: boolean;
}

export function consume(
  messages: AsyncIterable<Message>,
  handler: (message: Message, signal: AbortSignal) => Promise<void>,
  options: { maxInFlight: number; handlerTimeoutMs: number; signal: AbortSignal },
): Promise<Map<number, number>> {
  const { maxInFlight, handlerTimeoutMs, signal } = options;
  return new Promise((resolve, reject) => {
    const offsets = new Map<number, number>();
    const iterator = messages[Symbol.asyncIterator]();
    const lanes = new Map<number, Lane>();
    const running = new Set<AbortController>();
    let taken = 0;
    let pulling = false;
    let open = true;
    let failure: { error: unknown } | undefined;

    const settle = () => {
      if (open || taken > 0) return;
      signal.removeEventListener("abort", onAbort);
      if (failure) reject(failure.error);
      else resolve(offsets);
    };

    const drop = (lane: Lane) => {
      taken -= lane.queue.length;
      lane.queue.length = 0;
    };

    const start = (lane: Lane, message: Message) => {
      const control = new AbortController();
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        control.abort(new DOMException("handler took too long", "TimeoutError"));
      }, handlerTimeoutMs);
      lane.busy = true;
      running.add(control);
      const end = (handled: boolean) => {
        clearTimeout(timer);
        running.delete(control);
        lane.busy = false;
        taken--;
        if (handled) {
          offsets.set(message.partition, message.offset + 1);
          const next = lane.queue.shift();
          if (next) start(lane, next);
        } else {
          lane.stopped = true;
          drop(lane);
        }
        pull();
        settle();
      };
      handler(message, control.signal).then(
        () => end(!late),
        () => end(false),
      );
    };

    const accept = (message: Message) => {
      let lane = lanes.get(message.partition);
      if (!lane) {
        lane = { queue: [], busy: false, stopped: false };
        lanes.set(message.partition, lane);
        offsets.set(message.partition, message.offset);
      }
      if (lane.stopped) return;
      taken++;
      if (lane.busy) lane.queue.push(message);
      else start(lane, message);
    };

    const pull = () => {
      if (!open || pulling || taken >= maxInFlight) return;
      pulling = true;
      iterator.next().then(
        (step) => {
          pulling = false;
          if (!open) return;
          if (signal.aborted) {
            open = false;
            void closeSource();
            settle();
            return;
          }
          if (step.done) {
            open = false;
            settle();
            return;
          }
          accept(step.value);
          pull();
        },
        (error: unknown) => {
          if (!open) return;
          open = false;
          failure = { error };
          settle();
        },
      );
    };

    const closeSource = async () => {
      try {
        await iterator.return?.();
      } catch {
        // nobody is interested any more
      }
    };

    const onAbort = () => {
      if (open) {
        open = false;
        void closeSource();
      }
      for (const lane of lanes.values()) drop(lane);
      for (const control of running) control.abort(signal.reason);
      settle();
    };

    signal.addEventListener("abort", onAbort);
    pull();
  });
}
