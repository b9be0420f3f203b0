// style: after Go; a buffered channel of slots, a goroutine and an inbox for each partition, a done promise to select on
export interface Message {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}

class Channel<T> {
  readonly #items: T[] = [];
  #receiver: (() => void) | undefined;
  #closed = false;

  send(item: T): void {
    this.#items.push(item);
    this.#receiver?.();
  }

  close(): void {
    this.#closed = true;
    this.#receiver?.();
  }

  /** `done` where it is closed and empty. One receiver at a time. */
  async receive(): Promise<IteratorResult<T, undefined>> {
    for (;;) {
      if (this.#items.length > 0) return { done: false, value: this.#items.shift() as T };
      if (this.#closed) return { done: true, value: undefined };
      await new Promise<void>((resolve) => (this.#receiver = resolve));
    }
  }
}

interface Goroutine {
  readonly inbox: Channel<Message>;
  readonly ended: Promise<void>;
}

export async function consume(
  messages: AsyncIterable<Message>,
  handler: (message: Message, signal: AbortSignal) => Promise<void>,
  { maxInFlight, handlerTimeoutMs, signal }: { maxInFlight: number; handlerTimeoutMs: number; signal: AbortSignal },
): Promise<Map<number, number>> {
  const offsets = new Map<number, number>();
  if (signal.aborted) return offsets;
  const source = messages[Symbol.asyncIterator]();
  const partitions = new Map<number, Goroutine>();
  const slots = new Channel<"slot">();
  for (let slot = 0; slot < maxInFlight; slot++) slots.send("slot");

  const handling = new Set<AbortController>();
  const done = Promise.withResolvers<"done">();
  let open = true;
  const onAbort = (): void => {
    done.resolve("done");
    for (const each of handling) each.abort(signal.reason);
    if (open) void closeSource();
    open = false;
  };
  async function closeSource(): Promise<void> {
    await Promise.allSettled([source.return?.()]);
  }
  signal.addEventListener("abort", onAbort);

  async function handle(message: Message): Promise<boolean> {
    const own = new AbortController();
    const deadline = new DOMException("took too long", "TimeoutError");
    let struck = false;
    const timer = setTimeout(() => {
      struck = true;
      own.abort(deadline);
    }, handlerTimeoutMs);
    handling.add(own);
    const [result] = await Promise.allSettled([(async () => handler(message, own.signal))()]);
    handling.delete(own);
    clearTimeout(timer);
    return result.status === "fulfilled" && !struck;
  }

  async function goroutine(inbox: Channel<Message>): Promise<void> {
    let stopped = false;
    for (let next = await inbox.receive(); next.done !== true; next = await inbox.receive()) {
      if (!stopped && !signal.aborted) {
        if (await handle(next.value)) offsets.set(next.value.partition, next.value.offset + 1);
        else stopped = true;
      }
      slots.send("slot");
    }
  }

  function go(message: Message): Goroutine {
    const inbox = new Channel<Message>();
    const started = { inbox, ended: goroutine(inbox) };
    partitions.set(message.partition, started);
    offsets.set(message.partition, message.offset);
    return started;
  }

  let failure: { readonly error: unknown } | undefined;
  while (!signal.aborted) {
    await Promise.race([slots.receive(), done.promise]);
    if (signal.aborted) break;
    try {
      const step = await Promise.race([source.next(), done.promise]);
      if (signal.aborted || step === "done") break;
      if (step.done === true) {
        open = false;
        break;
      }
      (partitions.get(step.value.partition) ?? go(step.value)).inbox.send(step.value);
    } catch (error) {
      if (!signal.aborted) failure = { error };
      open = false;
      break;
    }
  }
  for (const { inbox } of partitions.values()) inbox.close();
  await Promise.all([...partitions.values()].map(({ ended }) => ended));
  signal.removeEventListener("abort", onAbort);
  if (failure !== undefined) throw failure.error;
  return offsets;
}
