// diagnosis: settled-before-cleanup - once their signals have aborted, the handlers are over
// the question behind it: whatwg/dom #881, abort() tells nobody when the work has really ended
export class ServerClosedError extends Error {}

export class Server<Req, Res> {
  readonly #handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  readonly #inFlight = new Set<AbortController>();
  readonly #idle = new EventTarget();
  #shutdown: Promise<{ completed: number; aborted: number }> | undefined;
  #closed = false;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  async handle(request: Req): Promise<Res> {
    if (this.#shutdown !== undefined) throw new ServerClosedError("closing");
    const controller = new AbortController();
    this.#inFlight.add(controller);
    try {
      return await this.#handler(request, controller.signal);
    } finally {
      this.#inFlight.delete(controller);
      if (this.#inFlight.size === 0) this.#idle.dispatchEvent(new Event("idle"));
    }
  }

  health(): { status: "ok" | "draining" | "closed"; inFlight: number } {
    const stopping = this.#closed ? "closed" : "draining";
    return { status: this.#shutdown === undefined ? "ok" : stopping, inFlight: this.#inFlight.size };
  }

  shutdown({ graceMs }: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    this.#shutdown ??= new Promise((resolve) => {
      const total = this.#inFlight.size;
      const close = (aborted: number) => {
        clearTimeout(timer);
        this.#closed = true;
        resolve({ completed: total - aborted, aborted });
      };
      const timer = setTimeout(() => {
        const left = [...this.#inFlight];
        for (const controller of left) controller.abort(new ServerClosedError("no grace left"));
        close(left.length);
      }, graceMs);
      this.#idle.addEventListener("idle", () => close(0), { once: true });
      if (total === 0) close(0);
    });
    return this.#shutdown;
  }
}
