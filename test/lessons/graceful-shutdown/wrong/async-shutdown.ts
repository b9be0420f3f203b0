// diagnosis: wrong-result - an async method hands the stored promise on as it is
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
  private readonly open = new Set<Promise<void>>();
  private report: Promise<Report> | null = null;
  private closed = false;

  constructor(handler: Handler<Req, Res>) {
    this.handler = handler;
  }

  handle(request: Req): Promise<Res> {
    if (this.report) return Promise.reject(new ServerClosedError());
    let settled!: () => void;
    const entry = new Promise<void>((resolve) => (settled = resolve));
    this.open.add(entry);
    const leave = () => {
      this.open.delete(entry);
      settled();
    };
    return this.handler(request, this.stop.signal).then(
      (response) => {
        leave();
        return response;
      },
      (error) => {
        leave();
        throw error;
      },
    );
  }

  health() {
    return {
      status: this.closed ? ("closed" as const) : this.report ? ("draining" as const) : ("ok" as const),
      inFlight: this.open.size,
    };
  }

  async shutdown(options: { graceMs: number }): Promise<Report> {
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
