// diagnosis: deadline-missed - after an abort nothing can time out any more
export interface Message {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}

/** What is known of one partition. */
interface Lane {
  /** Settles when everything taken so far has had its turn. The chain of these is the partition's queue. */
  tail: Promise<void>;
  nextOffset: number;
  /** A message failed or timed out. What comes behind it must not run, or its offset would be passed over. */
  stopped: boolean;
  /** Of the latest handler. A partition has one at a time, and aborting one that has ended does no harm. */
  controller?: AbortController;
}

export function consume(
  messages: AsyncIterable<Message>,
  handler: (message: Message, signal: AbortSignal) => Promise<void>,
  { maxInFlight, handlerTimeoutMs, signal }: { maxInFlight: number; handlerTimeoutMs: number; signal: AbortSignal },
): Promise<Map<number, number>> {
  // An aborted signal fires no event any more, so it has to be asked.
  if (signal.aborted) return Promise.resolve(new Map());

  const outcome = Promise.withResolvers<Map<number, number>>();
  const source = messages[Symbol.asyncIterator]();
  const lanes = new Map<number, Lane>();
  let inFlight = 0; // taken and not yet finished
  let pulling = false;
  let closed = false; // nothing is pulled any more
  let failure: { readonly error: unknown } | undefined; // of the source

  /** Called whenever there may be room. Asking only while there is room is all the backpressure it takes. */
  function pull(): void {
    if (closed || pulling || inFlight >= maxInFlight) return;
    pulling = true;
    source.next().then(
      (step) => {
        pulling = false;
        if (closed) return; // it comes after the abort
        if (step.done === true) close();
        else take(step.value);
      },
      (error: unknown) => {
        if (closed) return;
        failure = { error };
        close();
      },
    );
  }

  function take(message: Message): void {
    let lane = lanes.get(message.partition);
    if (lane === undefined) {
      lane = { tail: Promise.resolve(), nextOffset: message.offset, stopped: false };
      lanes.set(message.partition, lane);
    }
    inFlight++;
    lane.tail = lane.tail.then(() => takeTurn(lane, message));
    pull();
  }

  async function takeTurn(lane: Lane, message: Message): Promise<void> {
    // Of a stopped partition every message that waits has its turn now, in this very instant, and is dropped.
    if (!lane.stopped && !signal.aborted) {
      if (await handle(lane, message)) lane.nextOffset = message.offset + 1;
      else lane.stopped = true;
    }
    inFlight--;
    pull();
    settleIfDone();
  }

  /** Whether the message was handled in time. Never rejects: one message's trouble is no other partition's. */
  async function handle(lane: Lane, message: Message): Promise<boolean> {
    const controller = (lane.controller = new AbortController());
    let late = false;
    const timer = setTimeout(() => {
      late = !signal.aborted;
      controller.abort(new DOMException(`not handled within ${handlerTimeoutMs} ms`, "TimeoutError"));
    }, handlerTimeoutMs);
    try {
      await handler(message, controller.signal);
      return !late;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  function close(): void {
    closed = true;
    settleIfDone();
  }

  function onAbort(): void {
    if (!closed) void letGo();
    for (const lane of lanes.values()) lane.controller?.abort(signal.reason);
    close();
  }

  /** A generator that waits for its next message answers `return` only after it, and that may be never: nobody waits. */
  async function letGo(): Promise<void> {
    try {
      await source.return?.();
    } catch {
      // The source was given up; what it thinks of that is of no use to anybody.
    }
  }

  function settleIfDone(): void {
    if (!closed || inFlight > 0) return;
    signal.removeEventListener("abort", onAbort);
    if (failure === undefined) outcome.resolve(new Map([...lanes].map(([id, lane]) => [id, lane.nextOffset])));
    else outcome.reject(failure.error);
  }

  signal.addEventListener("abort", onAbort);
  pull();
  return outcome.promise;
}
