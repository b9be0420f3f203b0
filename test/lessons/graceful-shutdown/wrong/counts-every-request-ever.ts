// diagnosis: wrong-result - completed is the number of requests that the server completed
export class ServerClosedError extends Error {}

interface Ticket {
  readonly controller: AbortController;
}

export class Server<Req, Res> {
  private readonly handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  private readonly tickets: Ticket[] = [];
  private status: "ok" | "draining" | "closed" = "ok";
  private served = 0;
  private onEmpty: () => void = () => {};
  private closing: Promise<{ completed: number; aborted: number }> | undefined;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.handler = handler;
  }

  handle(request: Req): Promise<Res> {
    return new Promise<Res>((resolve, reject) => {
      if (this.status !== "ok") {
        reject(new ServerClosedError("no new requests"));
        return;
      }
      const ticket: Ticket = { controller: new AbortController() };
      this.tickets.push(ticket);
      const leave = () => {
        this.served++;
        this.tickets.splice(this.tickets.indexOf(ticket), 1);
        if (this.tickets.length === 0) this.onEmpty();
      };
      this.handler(request, ticket.controller.signal).then(
        (response) => {
          leave();
          resolve(response);
        },
        (error: unknown) => {
          leave();
          reject(error);
        },
      );
    });
  }

  health(): { status: "ok" | "draining" | "closed"; inFlight: number } {
    return { status: this.status, inFlight: this.tickets.length };
  }

  shutdown(options: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    if (this.closing !== undefined) return this.closing;
    this.status = "draining";
    const inFlight = this.tickets.length;
    let aborted = 0;
    this.closing = new Promise((resolve) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      this.onEmpty = () => {
        clearTimeout(timer);
        this.status = "closed";
        resolve({ completed: this.served - aborted, aborted });
      };
      if (inFlight === 0) {
        this.onEmpty();
        return;
      }
      timer = setTimeout(() => {
        const late = [...this.tickets];
        aborted = late.length;
        late.forEach((ticket) => ticket.controller.abort());
      }, options.graceMs);
    });
    return this.closing;
  }
}
