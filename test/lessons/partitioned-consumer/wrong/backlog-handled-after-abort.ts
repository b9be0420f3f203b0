// diagnosis: aborted-signal-unchecked, late-after-abort - what was taken is handed out, with an aborted signal
export interface Message {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}
type Handler = (message: Message, signal: AbortSignal) => Promise<void>;

class Gate {
  readonly #limit: number;
  readonly #signal: AbortSignal;
  #inside = 0;
  #bell = Promise.withResolvers<void>();

  constructor(limit: number, signal: AbortSignal) {
    this.#limit = limit;
    this.#signal = signal;
  }

  async room(): Promise<void> {
    while (this.#inside >= this.#limit && !this.#signal.aborted) {
      this.#bell = Promise.withResolvers<void>();
      await this.#bell.promise;
    }
  }

  enter(): void {
    this.#inside++;
  }

  leave(): void {
    this.#inside--;
    this.#bell.resolve();
  }

  ring(): void {
    this.#bell.resolve();
  }
}

async function* feed(messages: AsyncIterable<Message>, gate: Gate, signal: AbortSignal): AsyncGenerator<Message, void> {
  const iterator = messages[Symbol.asyncIterator]();
  const stop = Promise.withResolvers<void>();
  let over = false;
  const onAbort = () => {
    gate.ring();
    stop.resolve();
    if (!over) void Promise.resolve(iterator.return?.()).catch(() => undefined);
  };
  signal.addEventListener("abort", onAbort);
  try {
    for (;;) {
      await gate.room();
      if (signal.aborted) return;
      const arrival = iterator.next().then(
        (step) => {
          over ||= step.done === true;
          return step;
        },
        (error: unknown) => {
          over = true;
          if (signal.aborted) return undefined;
          throw error;
        },
      );
      const step = await Promise.race([arrival, stop.promise]);
      if (!step || step.done || signal.aborted) return;
      gate.enter();
      yield step.value;
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

export async function consume(
  messages: AsyncIterable<Message>,
  handler: Handler,
  options: { maxInFlight: number; handlerTimeoutMs: number; signal: AbortSignal },
): Promise<Map<number, number>> {
  const { signal, maxInFlight, handlerTimeoutMs } = options;
  const positions = new Map<number, number>();
  if (signal.aborted) return positions;

  const gate = new Gate(maxInFlight, signal);
  const chains = new Map<number, Promise<boolean>>();

  const handle = async (message: Message): Promise<boolean> => {
    const timeout = AbortSignal.timeout(handlerTimeoutMs);
    try {
      await handler(message, AbortSignal.any([timeout, signal]));
    } catch {
      return false;
    }
    if (timeout.aborted) return false;
    positions.set(message.partition, message.offset + 1);
    return true;
  };

  try {
    for await (const message of feed(messages, gate, signal)) {
      const { partition } = message;
      if (!positions.has(partition)) positions.set(partition, message.offset);
      const previous = chains.get(partition) ?? Promise.resolve(true);
      chains.set(
        partition,
        previous.then(async (alive) => {
          const handled = alive && (await handle(message));
          gate.leave();
          return handled;
        }),
      );
    }
  } finally {
    await Promise.all(chains.values());
  }
  return positions;
}
