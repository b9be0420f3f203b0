// style: event-driven; the server is a state machine that hears "left" and "grace"
export class ServerClosedError extends Error {}

class Left extends Event {
  constructor() {
    super("left");
  }
}

export class Server<Req, Res> {
  private readonly events = new EventTarget();
  private readonly controllers: AbortController[] = [];
  private answer: Promise<{ completed: number; aborted: number }> | undefined;
  private closed = false;
  private readonly handler: (request: Req, signal: AbortSignal) => Promise<Res>;

  public constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.handler = handler;
  }

  public handle(request: Req): Promise<Res> {
    return new Promise<Res>((resolve, reject) => {
      if (this.answer) {
        reject(new ServerClosedError("closing down"));
        return;
      }
      const controller = new AbortController();
      this.controllers.push(controller);
      const leave = () => {
        this.controllers.splice(this.controllers.indexOf(controller), 1);
        this.events.dispatchEvent(new Left());
      };
      this.handler(request, controller.signal).then(
        (response) => {
          resolve(response);
          leave();
        },
        (error: unknown) => {
          reject(error);
          leave();
        },
      );
    });
  }

  public health(): { status: "ok" | "draining" | "closed"; inFlight: number } {
    const inFlight = this.controllers.length;
    if (this.closed) return { status: "closed", inFlight };
    return { status: this.answer ? "draining" : "ok", inFlight };
  }

  public shutdown({ graceMs }: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    this.answer ??= new Promise((resolve) => {
      const total = this.controllers.length;
      const result = { completed: total, aborted: 0 };
      const grace = setTimeout(() => {
        result.aborted = this.controllers.length;
        result.completed = total - result.aborted;
        for (const controller of [...this.controllers]) controller.abort(new DOMException("too slow", "TimeoutError"));
      }, graceMs);
      const look = () => {
        if (this.controllers.length > 0) return;
        clearTimeout(grace);
        this.events.removeEventListener("left", look);
        this.closed = true;
        resolve(result);
      };
      this.events.addEventListener("left", look);
      look();
    });
    return this.answer;
  }
}
