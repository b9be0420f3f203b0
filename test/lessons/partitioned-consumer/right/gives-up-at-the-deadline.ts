// style: a class of partitions; a message is given up in the very instant of its deadline, also where its handler runs on
export interface Message {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}
interface Options {
  maxInFlight: number;
  handlerTimeoutMs: number;
  signal: AbortSignal;
}
type Handler = (message: Message, signal: AbortSignal) => Promise<void>;

class Flight {
  readonly controller = new AbortController();
  readonly over: Promise<boolean>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(message: Message, handler: Handler, timeoutMs: number) {
    const inTime = handler(message, this.controller.signal).then(
      () => true,
      () => false,
    );
    const tooLate = new Promise<boolean>((resolve) => {
      this.#timer = setTimeout(() => {
        resolve(false);
        this.controller.abort(new DOMException("deadline", "TimeoutError"));
      }, timeoutMs);
    });
    this.over = Promise.race([inTime, tooLate]).finally(() => clearTimeout(this.#timer));
    this.ended = inTime;
  }

  /** When its handler has really ended. */
  readonly ended: Promise<boolean>;
}

class Partition {
  readonly backlog: Message[] = [];
  next: number;
  flight: Flight | undefined;
  stopped = false;
  constructor(first: number) {
    this.next = first;
  }
}

class Consumer {
  readonly #iterator: AsyncIterator<Message>;
  readonly #handler: Handler;
  readonly #options: Options;
  readonly #partitions = new Map<number, Partition>();
  readonly #result = Promise.withResolvers<Map<number, number>>();
  readonly #leftovers = new Set<Promise<boolean>>();
  #count = 0;
  #asking = false;
  #done = false;
  #error: { cause: unknown } | undefined;

  constructor(messages: AsyncIterable<Message>, handler: Handler, options: Options) {
    this.#iterator = messages[Symbol.asyncIterator]();
    this.#handler = handler;
    this.#options = options;
  }

  run(): Promise<Map<number, number>> {
    this.#options.signal.addEventListener("abort", this.#stop);
    void this.#ask();
    return this.#result.promise;
  }

  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    while (!this.#done && this.#count < this.#options.maxInFlight) {
      try {
        const { done, value } = await this.#iterator.next();
        if (this.#done) break;
        if (done === true) this.#done = true;
        else this.#accept(value);
      } catch (cause) {
        if (this.#done) break;
        this.#done = true;
        this.#error = { cause };
      }
    }
    this.#asking = false;
    this.#settle();
  }

  #accept(message: Message): void {
    const known = this.#partitions.get(message.partition);
    const partition = known ?? new Partition(message.offset);
    if (!known) this.#partitions.set(message.partition, partition);
    if (partition.stopped) return;
    this.#count++;
    partition.backlog.push(message);
    if (!partition.flight) void this.#drive(partition);
  }

  async #drive(partition: Partition): Promise<void> {
    for (let message = partition.backlog.shift(); message; message = partition.backlog.shift()) {
      partition.flight = new Flight(message, this.#handler, this.#options.handlerTimeoutMs);
      const { ended } = partition.flight;
      this.#leftovers.add(ended);
      void ended.then(() => {
        this.#leftovers.delete(ended);
        this.#settle();
      });
      const ok = await partition.flight.over;
      this.#count--;
      if (ok) partition.next = message.offset + 1;
      else {
        partition.stopped = true;
        this.#count -= partition.backlog.splice(0).length;
      }
      void this.#ask();
    }
    partition.flight = undefined;
    this.#settle();
  }

  readonly #stop = (): void => {
    if (!this.#done) {
      this.#done = true;
      void (async () => this.#iterator.return?.())().catch(() => undefined);
    }
    for (const partition of this.#partitions.values()) {
      this.#count -= partition.backlog.splice(0).length;
      partition.flight?.controller.abort(this.#options.signal.reason);
    }
    this.#settle();
  };

  #settle(): void {
    const { signal } = this.#options;
    if (!this.#done || this.#count > 0 || (signal.aborted && this.#leftovers.size > 0)) return;
    signal.removeEventListener("abort", this.#stop);
    if (this.#error) this.#result.reject(this.#error.cause);
    else this.#result.resolve(new Map(Array.from(this.#partitions, ([id, { next }]) => [id, next])));
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
