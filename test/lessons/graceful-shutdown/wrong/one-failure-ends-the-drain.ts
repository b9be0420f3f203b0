// diagnosis: one-cancels-all, settled-before-cleanup, wrong-result - Promise.all waits for all
type Handler<Req, Res> = (request: Req, signal: AbortSignal) => Promise<Res>;
type Report = { completed: number; aborted: number };

export class ServerClosedError extends Error {
  constructor() {
    super("server closed");
    this.name = "ServerClosedError";
  }
}

export class Server<Req, Res> {
  private readonly handler: Handler<Req, Res>;
  private readonly stop = new AbortController();
  private readonly open = new Set<Promise<unknown>>();
  private report: Promise<Report> | null = null;
  private closed = false;

  constructor(handler: Handler<Req, Res>) {
    this.handler = handler;
  }

  handle(request: Req): Promise<Res> {
    if (this.report) return Promise.reject(new ServerClosedError());
    const { promise, resolve } = Promise.withResolvers<Res>();
    const entry: Promise<unknown> = promise.finally(() => this.open.delete(entry));
    entry.catch(() => {}); // whoever waits for it sees the failure
    this.open.add(entry);
    resolve(this.handler(request, this.stop.signal));
    return entry as Promise<Res>;
  }

  health() {
    return {
      status: this.closed ? ("closed" as const) : this.report ? ("draining" as const) : ("ok" as const),
      inFlight: this.open.size,
    };
  }

  shutdown(options: { graceMs: number }): Promise<Report> {
    if (this.report) return this.report;
    const all = [...this.open];
    const report: Report = { completed: all.length, aborted: 0 };
    const timer =
      all.length === 0
        ? undefined
        : setTimeout(() => {
            report.aborted = this.open.size;
            report.completed -= this.open.size;
            this.stop.abort(new ServerClosedError());
          }, options.graceMs);
    this.report = Promise.all(all).then(() => {
      clearTimeout(timer);
      this.closed = true;
      return report;
    });
    return this.report;
  }
}
