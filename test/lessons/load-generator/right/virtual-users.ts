// style: virtual users as k6 has them: a class each, stages by switch, AbortSignal.any over three signals
interface Report {
  requests: number;
  timeouts: number;
  errors: number;
  qps: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

type Send = (signal: AbortSignal) => Promise<void>;

class VirtualUser {
  readonly latencies: number[] = [];
  timeouts = 0;
  errors = 0;
  readonly #send: Send;
  readonly #timeoutMs: number;
  readonly #over: AbortSignal;

  constructor(send: Send, timeoutMs: number, over: AbortSignal) {
    this.#send = send;
    this.#timeoutMs = timeoutMs;
    this.#over = over;
  }

  async run(): Promise<void> {
    while (!this.#over.aborted) {
      if (await this.#iterate()) await this.#pause();
    }
  }

  /** One request; true when it failed before a millisecond had passed. */
  async #iterate(): Promise<boolean> {
    const deadline = new AbortController();
    let first: "deadline" | "end" | undefined;
    const timer = setTimeout(() => {
      first ??= "deadline";
      deadline.abort(new DOMException("too slow", "TimeoutError"));
    }, this.#timeoutMs);
    const ended = (): void => {
      first ??= "end";
    };
    this.#over.addEventListener("abort", ended);
    const begun = performance.now();
    let ok = true;
    try {
      await this.#send(AbortSignal.any([this.#over, deadline.signal]));
    } catch {
      ok = false;
    }
    const took = performance.now() - begun;
    clearTimeout(timer);
    this.#over.removeEventListener("abort", ended);
    switch (first) {
      case "deadline":
        this.timeouts += 1;
        return false;
      case "end":
        return false;
      default:
        if (ok) this.latencies.push(took);
        else this.errors += 1;
        return !ok && took < 1;
    }
  }

  #pause(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#over.aborted) return Promise.resolve();
    const timer = setTimeout(resolve, 1);
    this.#over.addEventListener("abort", () => resolve(), { once: true });
    return promise.finally(() => clearTimeout(timer));
  }
}

export async function runLoad(
  send: Send,
  options: { connections: number; durationMs: number; timeoutMs: number; signal: AbortSignal },
): Promise<Report> {
  if (options.signal.aborted) throw options.signal.reason;
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort("time is up"), options.durationMs);
  const over = AbortSignal.any([options.signal, clock.signal]);
  const users = Array.from({ length: options.connections }, () => new VirtualUser(send, options.timeoutMs, over));
  await Promise.all(users.map((user) => user.run()));
  clearTimeout(timer);
  if (options.signal.aborted) throw options.signal.reason;
  const all = users.flatMap((user) => user.latencies).toSorted((one, two) => one - two);
  const total = (pick: (user: VirtualUser) => number): number => users.reduce((sum, user) => sum + pick(user), 0);
  const place = (share: number): number => (all.length === 0 ? 0 : all[Math.ceil((all.length * share) / 100) - 1]);
  return {
    requests: all.length,
    timeouts: total((user) => user.timeouts),
    errors: total((user) => user.errors),
    qps: (all.length * 1000) / options.durationMs,
    p50Ms: place(50),
    p99Ms: place(99),
    maxMs: all.at(-1) ?? 0,
  };
}
