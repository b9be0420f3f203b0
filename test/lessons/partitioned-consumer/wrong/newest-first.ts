// diagnosis: order-lost - a backlog is worked off from its end
export interface Message {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}
type Handler = (message: Message, signal: AbortSignal) => Promise<void>;
interface Options {
  maxInFlight: number;
  handlerTimeoutMs: number;
  signal: AbortSignal;
}

class Partition {
  readonly #consumer: Consumer;
  #backlog: Message[] = [];
  #busy = false;
  #stopped = false;
  nextOffset: number;

  constructor(consumer: Consumer, firstOffset: number) {
    this.#consumer = consumer;
    this.nextOffset = firstOffset;
  }

  add(message: Message): void {
    if (this.#stopped) {
      this.#consumer.finished(1);
      return;
    }
    this.#backlog.push(message);
    if (!this.#busy) void this.#work();
  }

  stop(): void {
    this.#stopped = true;
    const dropped = this.#backlog.length;
    this.#backlog = [];
    this.#consumer.finished(dropped);
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (;;) {
      const message = this.#backlog.pop();
      if (message === undefined) break;
      const handled = await this.#consumer.attempt(message);
      if (handled) this.nextOffset = message.offset + 1;
      else this.stop();
      this.#consumer.finished(1);
    }
    this.#busy = false;
  }
}

class Consumer {
  readonly #iterator: AsyncIterator<Message>;
  readonly #handler: Handler;
  readonly #options: Options;
  readonly #partitions = new Map<number, Partition>();
  readonly #result = Promise.withResolvers<Map<number, number>>();
  #inFlight = 0;
  #source: "ready" | "pulling" | "over" = "ready";
  #sourceFailed = false;
  #sourceError: unknown;

  constructor(messages: AsyncIterable<Message>, handler: Handler, options: Options) {
    this.#iterator = messages[Symbol.asyncIterator]();
    this.#handler = handler;
    this.#options = options;
  }

  run(): Promise<Map<number, number>> {
    this.#options.signal.addEventListener("abort", this.#cancel);
    this.#step();
    return this.#result.promise;
  }

  finished(count: number): void {
    this.#inFlight -= count;
    this.#step();
  }

  async attempt(message: Message): Promise<boolean> {
    const { signal, handlerTimeoutMs } = this.#options;
    const own = new AbortController();
    const follow = () => own.abort(signal.reason);
    let expired = false;
    const timer = setTimeout(() => {
      expired = true;
      own.abort(new DOMException("The handler missed its deadline", "TimeoutError"));
    }, handlerTimeoutMs);
    signal.addEventListener("abort", follow);
    try {
      await this.#handler(message, own.signal);
      return !expired;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", follow);
    }
  }

  #step(): void {
    if (this.#source === "ready" && this.#inFlight < this.#options.maxInFlight) {
      this.#source = "pulling";
      void this.#pull();
    }
    if (this.#source === "over" && this.#inFlight === 0) this.#settle();
  }

  async #pull(): Promise<void> {
    let step: IteratorResult<Message>;
    try {
      step = await this.#iterator.next();
    } catch (error) {
      if (this.#source === "over") return;
      this.#source = "over";
      this.#sourceFailed = true;
      this.#sourceError = error;
      this.#step();
      return;
    }
    if (this.#source === "over") return;
    if (step.done) {
      this.#source = "over";
    } else {
      this.#source = "ready";
      this.#inFlight++;
      this.#partition(step.value).add(step.value);
    }
    this.#step();
  }

  #partition(message: Message): Partition {
    const known = this.#partitions.get(message.partition);
    if (known) return known;
    const created = new Partition(this, message.offset);
    this.#partitions.set(message.partition, created);
    return created;
  }

  #cancel = (): void => {
    if (this.#source !== "over") {
      this.#source = "over";
      const closing = this.#iterator.return?.();
      closing?.then(undefined, () => {});
    }
    for (const partition of this.#partitions.values()) partition.stop();
    this.#step();
  };

  #settle(): void {
    this.#options.signal.removeEventListener("abort", this.#cancel);
    if (this.#sourceFailed) {
      this.#result.reject(this.#sourceError);
      return;
    }
    const map = new Map<number, number>();
    for (const [id, partition] of this.#partitions) map.set(id, partition.nextOffset);
    this.#result.resolve(map);
  }
}

export function consume(
  messages: AsyncIterable<Message>,
  handler: Handler,
  options: Options,
): Promise<Map<number, number>> {
  if (options.signal.aborted) return Promise.resolve(new Map());
  return new Consumer(messages, handler, options).run();
}
