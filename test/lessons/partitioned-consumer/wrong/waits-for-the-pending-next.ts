// diagnosis: late-after-abort, never-settles - the abort is seen when the next message comes
export interface Message {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}

export async function consume(
  messages: AsyncIterable<Message>,
  handler: (message: Message, signal: AbortSignal) => Promise<void>,
  { maxInFlight, handlerTimeoutMs, signal }: { maxInFlight: number; handlerTimeoutMs: number; signal: AbortSignal },
): Promise<Map<number, number>> {
  const offsets = new Map<number, number>();
  if (signal.aborted) return offsets;

  const iterator = messages[Symbol.asyncIterator]();
  const tails = new Map<number, Promise<void>>();
  const stopped = new Set<number>();
  const aborted = Promise.withResolvers<undefined>();
  let sourceOpen = true;
  let taken = 0;
  let slot = Promise.withResolvers<void>();

  const onAbort = () => {
    if (sourceOpen) Promise.resolve(iterator.return?.()).catch(() => {});
    sourceOpen = false;
    aborted.resolve(undefined);
  };
  signal.addEventListener("abort", onAbort);

  const process = async (message: Message): Promise<void> => {
    const { partition, offset } = message;
    try {
      if (signal.aborted || stopped.has(partition)) return;
      const deadline = AbortSignal.timeout(handlerTimeoutMs);
      await handler(message, AbortSignal.any([signal, deadline]));
      deadline.throwIfAborted();
      offsets.set(partition, offset + 1);
    } catch {
      stopped.add(partition);
    } finally {
      taken--;
      slot.resolve();
    }
  };

  try {
    while (sourceOpen) {
      if (taken >= maxInFlight) {
        slot = Promise.withResolvers<void>();
        await Promise.race([slot.promise, aborted.promise]);
        continue;
      }
      const step: IteratorResult<Message> | undefined = await iterator.next();
      if (!sourceOpen || step === undefined) break;
      if (step.done) {
        sourceOpen = false;
        break;
      }
      const message = step.value;
      if (!offsets.has(message.partition)) offsets.set(message.partition, message.offset);
      taken++;
      const before = tails.get(message.partition) ?? Promise.resolve();
      tails.set(
        message.partition,
        before.then(() => process(message)),
      );
    }
  } catch (error) {
    if (sourceOpen) {
      sourceOpen = false;
      await Promise.all(tails.values());
      throw error;
    }
  } finally {
    await Promise.all(tails.values());
    signal.removeEventListener("abort", onAbort);
  }
  return offsets;
}
