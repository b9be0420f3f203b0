// diagnosis: error-swallowed, wrong-result - a source that times out has no more messages
export interface Message {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}
interface Lane {
  tail: Promise<void>;
  nextOffset: number;
  stopped: boolean;
  controller?: AbortController;
}

export function consume(
  messages: AsyncIterable<Message>,
  handler: (message: Message, signal: AbortSignal) => Promise<void>,
  { maxInFlight, handlerTimeoutMs, signal }: { maxInFlight: number; handlerTimeoutMs: number; signal: AbortSignal },
): Promise<Map<number, number>> {
  if (signal.aborted) return Promise.resolve(new Map());

  const outcome = Promise.withResolvers<Map<number, number>>();
  const source = messages[Symbol.asyncIterator]();
  const lanes = new Map<number, Lane>();
  let inFlight = 0;
  let pulling = false;
  let closed = false;
  let failure: { readonly error: unknown } | undefined;
  function pull(): void {
    if (closed || pulling || inFlight >= maxInFlight) return;
    pulling = true;
    source.next().then(
      (step) => {
        pulling = false;
        if (closed) return;
        if (step.done === true) close();
        else take(step.value);
      },
      (error: unknown) => {
        if (closed) return;
        if (!(error instanceof DOMException)) failure = { error };
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
    if (!lane.stopped && !signal.aborted) {
      if (await handle(lane, message)) lane.nextOffset = message.offset + 1;
      else lane.stopped = true;
    }
    inFlight--;
    pull();
    settleIfDone();
  }
  async function handle(lane: Lane, message: Message): Promise<boolean> {
    const controller = (lane.controller = new AbortController());
    let late = false;
    const timer = setTimeout(() => {
      late = true;
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
  async function letGo(): Promise<void> {
    try {
      await source.return?.();
    } catch {}
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
