// style: verbose careful junior; explicit records, every step a named function
export interface Message {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}

interface PartitionRecord {
  nextOffset: number;
  waitingMessages: Message[];
  isHandling: boolean;
  isStopped: boolean;
}

export function consume(
  messages: AsyncIterable<Message>,
  handler: (message: Message, signal: AbortSignal) => Promise<void>,
  options: { maxInFlight: number; handlerTimeoutMs: number; signal: AbortSignal },
): Promise<Map<number, number>> {
  const partitions = new Map<number, PartitionRecord>();
  const handlerControllers = new Set<AbortController>();
  let iterator: AsyncIterator<Message> | undefined = undefined;
  let messagesInFlight = 0;
  let nextIsPending = false;
  let sourceHasEnded = false;
  let sourceHasFailed = false;
  let sourceError: unknown = undefined;
  let callerHasAborted = false;
  let isSettled = false;
  const outcome = Promise.withResolvers<Map<number, number>>();

  function buildResult(): Map<number, number> {
    const result = new Map<number, number>();
    for (const [partition, record] of partitions) {
      result.set(partition, record.nextOffset);
    }
    return result;
  }

  function settleIfComplete(): void {
    const nothingMoreWillCome = sourceHasEnded || sourceHasFailed || callerHasAborted;
    if (isSettled || !nothingMoreWillCome || messagesInFlight > 0) {
      return;
    }
    isSettled = true;
    options.signal.removeEventListener("abort", handleAbort);
    if (sourceHasFailed) {
      outcome.reject(sourceError);
    } else {
      outcome.resolve(buildResult());
    }
  }

  function dropWaitingMessages(record: PartitionRecord): void {
    messagesInFlight -= record.waitingMessages.length;
    record.waitingMessages = [];
  }

  function startNext(record: PartitionRecord): void {
    if (record.isHandling || record.isStopped || callerHasAborted) {
      return;
    }
    const message = record.waitingMessages.shift();
    if (message === undefined) {
      return;
    }
    record.isHandling = true;
    handleMessage(message).then((wasHandled) => {
      record.isHandling = false;
      messagesInFlight -= 1;
      if (wasHandled) {
        record.nextOffset = message.offset + 1;
      } else {
        record.isStopped = true;
        dropWaitingMessages(record);
      }
      startNext(record);
      pullIfAllowed();
      settleIfComplete();
    });
  }

  async function handleMessage(message: Message): Promise<boolean> {
    const controller = new AbortController();
    let deadlineHasStruck = false;
    const timer = setTimeout(() => {
      deadlineHasStruck = true;
      controller.abort(new DOMException(`no answer within ${options.handlerTimeoutMs} ms`, "TimeoutError"));
    }, options.handlerTimeoutMs);
    handlerControllers.add(controller);
    try {
      await handler(message, controller.signal);
      return !deadlineHasStruck;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
      handlerControllers.delete(controller);
    }
  }

  function receive(message: Message): void {
    let record = partitions.get(message.partition);
    if (record === undefined) {
      record = { nextOffset: message.offset, waitingMessages: [], isHandling: false, isStopped: false };
      partitions.set(message.partition, record);
    }
    if (record.isStopped) {
      return;
    }
    messagesInFlight += 1;
    record.waitingMessages.push(message);
    startNext(record);
  }

  function pullIfAllowed(): void {
    const sourceIsOver = sourceHasEnded || sourceHasFailed || callerHasAborted;
    if (iterator === undefined || nextIsPending || sourceIsOver || messagesInFlight >= options.maxInFlight) {
      return;
    }
    nextIsPending = true;
    iterator.next().then(
      (answer) => {
        nextIsPending = false;
        if (callerHasAborted) {
          return;
        }
        if (answer.done === true) {
          sourceHasEnded = true;
        } else {
          receive(answer.value);
          pullIfAllowed();
        }
        settleIfComplete();
      },
      (error: unknown) => {
        nextIsPending = false;
        if (callerHasAborted) {
          return;
        }
        sourceHasFailed = true;
        sourceError = error;
        settleIfComplete();
      },
    );
  }

  function closeIterator(): void {
    if (iterator === undefined || iterator.return === undefined) {
      return;
    }
    iterator.return().then(
      () => {},
      () => {},
    );
  }

  function handleAbort(): void {
    options.signal.removeEventListener("abort", handleAbort);
    callerHasAborted = true;
    if (!sourceHasEnded && !sourceHasFailed) {
      closeIterator();
    }
    for (const record of partitions.values()) {
      dropWaitingMessages(record);
    }
    for (const controller of handlerControllers) {
      controller.abort(options.signal.reason);
    }
    settleIfComplete();
  }

  if (options.signal.aborted) {
    return Promise.resolve(new Map());
  }
  options.signal.addEventListener("abort", handleAbort);
  iterator = messages[Symbol.asyncIterator]();
  pullIfAllowed();
  return outcome.promise;
}
