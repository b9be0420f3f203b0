// style: over-cautious: bookkeeping at once, everything else some turns later
export class ServerClosedError extends Error {}

type Report = { completed: number; aborted: number };

export class Server<Req, Res> {
  #handler;
  #open = true;
  #closed = false;
  #pending = new Map<symbol, { controller: AbortController; settled: Promise<void>; over: boolean; cut: boolean }>();
  #report: Promise<Report> | undefined;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    if (typeof handler !== "function") throw new TypeError("handler must be a function");
    this.#handler = handler;
  }

  async handle(request: Req): Promise<Res> {
    if (!this.#open) throw new ServerClosedError("not open any more");
    const key = Symbol("request");
    const controller = new AbortController();
    const { promise, resolve } = Promise.withResolvers<void>();
    const entry = { controller, settled: promise, over: false, cut: false };
    this.#pending.set(key, entry);
    try {
      const answer = await this.#handler(request, controller.signal);
      return answer;
    } finally {
      entry.over = true;
      this.#pending.delete(key);
      resolve();
    }
  }

  health(): { status: "ok" | "draining" | "closed"; inFlight: number } {
    return { status: this.#open ? "ok" : this.#closed ? "closed" : "draining", inFlight: this.#pending.size };
  }

  shutdown(options: { graceMs: number }): Promise<Report> {
    this.#open = false;
    return (this.#report ??= this.#wait(options.graceMs));
  }

  async #wait(graceMs: number): Promise<Report> {
    const entries = [...this.#pending.values()];
    const cut = (): void => {
      for (const entry of entries) {
        if (entry.over || entry.cut) continue;
        entry.cut = true;
        entry.controller.abort(new ServerClosedError("aborted"));
      }
    };
    const timer = entries.length > 0 ? setTimeout(cut, graceMs) : undefined;
    try {
      await Promise.all(entries.map((entry) => entry.settled));
      await null;
    } finally {
      clearTimeout(timer);
    }
    this.#closed = true;
    const aborted = entries.filter((entry) => entry.cut).length;
    return { completed: entries.length - aborted, aborted };
  }
}
