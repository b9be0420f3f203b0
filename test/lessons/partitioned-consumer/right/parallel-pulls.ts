// style: as many calls of next at once as there is room, callbacks, one Set of work items
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

interface Partition {
  queue: Message[];
  next: number;
  state: "idle" | "busy" | "stopped";
}

export function consume(
  messages: AsyncIterable<Message>,
  handler: Handler,
  options: Options,
): Promise<Map<number, number>> {
  return new Promise((resolve, reject) => {
    const { maxInFlight, handlerTimeoutMs, signal } = options;
    const partitions = new Map<number, Partition>();
    if (signal.aborted) {
      resolve(new Map());
      return;
    }
    const iterator = messages[Symbol.asyncIterator]();
    const active = new Set<AbortController>();
    let asked = 0;
    let queued = 0;
    let phase: "reading" | "ended" | "aborted" = "reading";
    let thrown: { value: unknown } | null = null;

    const ask = () => {
      while (phase === "reading" && asked + queued + active.size < maxInFlight) {
        asked++;
        iterator.next().then(
          ({ done, value }) => {
            asked--;
            if (phase === "aborted") return;
            if (done) {
              phase = "ended";
              check();
            } else {
              arrive(value);
              ask();
            }
          },
          (error) => {
            asked--;
            if (phase !== "reading") return;
            thrown = { value: error };
            phase = "ended";
            check();
          },
        );
      }
    };

    const arrive = (message: Message) => {
      let partition = partitions.get(message.partition);
      if (!partition) {
        partition = { queue: [], next: message.offset, state: "idle" };
        partitions.set(message.partition, partition);
      }
      if (partition.state === "stopped") return;
      partition.queue.push(message);
      queued++;
      if (partition.state === "idle") begin(partition);
    };

    const begin = (partition: Partition) => {
      const message = partition.queue.shift();
      if (!message || phase === "aborted") {
        if (partition.state === "busy") partition.state = "idle";
        return;
      }
      queued--;
      partition.state = "busy";
      const controller = new AbortController();
      const deadline = performance.now() + handlerTimeoutMs;
      active.add(controller);
      const timer = setTimeout(
        () => controller.abort(new DOMException("handler timed out", "TimeoutError")),
        handlerTimeoutMs,
      );
      const end = (ok: boolean) => {
        clearTimeout(timer);
        active.delete(controller);
        if (ok && performance.now() <= deadline) {
          partition.next = message.offset + 1;
          begin(partition);
        } else {
          partition.state = "stopped";
          queued -= partition.queue.splice(0).length;
        }
        ask();
        check();
      };
      handler(message, controller.signal).then(
        () => end(true),
        () => end(false),
      );
    };

    const stop = () => {
      if (phase === "reading") {
        const letting = iterator.return?.();
        letting?.then(undefined, () => {});
      }
      phase = "aborted";
      queued = 0;
      for (const { queue } of partitions.values()) queue.length = 0;
      for (const controller of [...active]) controller.abort(signal.reason);
      check();
    };

    const check = () => {
      if (phase === "reading" || queued + active.size > 0) return;
      signal.removeEventListener("abort", stop);
      if (thrown) reject(thrown.value);
      else resolve(new Map([...partitions].map(([id, { next }]) => [id, next] as const)));
    };

    signal.addEventListener("abort", stop);
    ask();
  });
}
