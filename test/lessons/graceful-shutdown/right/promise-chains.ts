// style: promise chains; each request is a tracked promise that never rejects
export class ServerClosedError extends Error {}

interface Tracked {
  readonly controller: AbortController;
  readonly over: Promise<void>;
  settled: boolean;
}

export class Server<Req, Res> {
  private readonly tracked = new Set<Tracked>();
  private stopping: Promise<{ completed: number; aborted: number }> | null = null;
  private state: "ok" | "draining" | "closed" = "ok";
  private readonly handler: (request: Req, signal: AbortSignal) => Promise<Res>;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.handler = handler;
  }

  handle(request: Req): Promise<Res> {
    if (this.state !== "ok") return Promise.reject(new ServerClosedError("no more requests"));
    const controller = new AbortController();
    const response = this.handler(request, controller.signal);
    const entry: Tracked = {
      controller,
      settled: false,
      over: response
        .then(
          () => undefined,
          () => undefined,
        )
        .then(() => {
          entry.settled = true;
          this.tracked.delete(entry);
        }),
    };
    this.tracked.add(entry);
    return response;
  }

  health(): { status: "ok" | "draining" | "closed"; inFlight: number } {
    return { status: this.state, inFlight: this.tracked.size };
  }

  shutdown(options: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    if (this.stopping) return this.stopping;
    this.state = "draining";
    const entries = Array.from(this.tracked);
    const cutOff: Tracked[] = [];
    const timer = setTimeout(() => {
      for (const entry of entries) {
        if (entry.settled) continue;
        cutOff.push(entry);
        entry.controller.abort();
      }
    }, options.graceMs);
    this.stopping = Promise.all(entries.map((entry) => entry.over)).then(() => {
      clearTimeout(timer);
      this.state = "closed";
      return { completed: entries.length - cutOff.length, aborted: cutOff.length };
    });
    return this.stopping;
  }
}
