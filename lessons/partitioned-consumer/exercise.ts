export interface Message {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}

/**
 * Handles the messages of a partitioned log and resolves with how far it got: each partition seen, and the next offset to
 * read there (the last handled one plus 1; the first one seen where none was handled).
 *
 * - Within a partition one message at a time, in order; partitions side by side.
 * - A handler that fails, or ends after its deadline, stops its partition alone.
 * - When the signal aborts: pulls no more, calls the iterator's `return`, aborts the handlers, waits for them, resolves.
 * - When the source throws: pulls no more, finishes what it has taken, rejects with that error.
 *
 * @param options.maxInFlight most messages taken from the source and not yet finished
 * @param options.handlerTimeoutMs each handler's own deadline, from its start
 */
export async function consume(
  messages: AsyncIterable<Message>,
  handler: (message: Message, signal: AbortSignal) => Promise<void>,
  options: { maxInFlight: number; handlerTimeoutMs: number; signal: AbortSignal },
): Promise<Map<number, number>> {
  // Begin here. One slow message holds up every partition in this version, and nobody can stop it.
  const nextOffsets = new Map<number, number>();
  for await (const message of messages) {
    await handler(message, options.signal);
    nextOffsets.set(message.partition, message.offset + 1);
  }
  return nextOffsets;
}
