// diagnosis: wrong-result - the load balancer reads /health and stops sending, so the server need not turn anybody away
export class ServerClosedError extends Error {}

export class Server<Req, Res> {
  readonly #handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  readonly #inFlight = new Map<AbortController, Promise<Res>>();
  #status: "ok" | "draining" | "closed" = "ok";
  #shutdown: Promise<{ completed: number; aborted: number }> | undefined;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  async handle(request: Req): Promise<Res> {
    if (this.#status === "closed") throw new ServerClosedError("closed");
    const controller = new AbortController();
    const response = this.#handler(request, controller.signal);
    this.#inFlight.set(controller, response);
    try {
      return await response;
    } finally {
      this.#inFlight.delete(controller);
    }
  }

  health(): { status: "ok" | "draining" | "closed"; inFlight: number } {
    return { status: this.#status, inFlight: this.#inFlight.size };
  }

  shutdown({ graceMs }: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    this.#shutdown ??= this.#drain(graceMs);
    return this.#shutdown;
  }

  async #drain(graceMs: number): Promise<{ completed: number; aborted: number }> {
    this.#status = "draining";
    const running = [...this.#inFlight.values()];
    let aborted = 0;
    const timer = setTimeout(() => {
      aborted = this.#inFlight.size;
      for (const controller of this.#inFlight.keys()) controller.abort();
    }, graceMs);
    await Promise.allSettled(running);
    clearTimeout(timer);
    this.#status = "closed";
    return { completed: running.length - aborted, aborted };
  }
}
