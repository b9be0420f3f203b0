// diagnosis: unhandled-rejection - a finally that nobody looks at cannot fail
export class ServerClosedError extends Error {
  override name = "ServerClosedError";
}

export class Server<Req, Res> {
  #handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  #running = new Map<AbortController, Promise<unknown>>();
  #status: "ok" | "draining" | "closed" = "ok";
  #closing: Promise<{ completed: number; aborted: number }> | undefined;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  async handle(request: Req): Promise<Res> {
    if (this.#status !== "ok") throw new ServerClosedError("the server is shutting down");
    const controller = new AbortController();
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    this.#running.set(controller, ended);
    const response = this.#handler(request, controller.signal);
    response.finally(() => {
      this.#running.delete(controller);
      end();
    });
    return await response;
  }

  health() {
    return { status: this.#status, inFlight: this.#running.size };
  }

  shutdown({ graceMs }: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    return (this.#closing ??= this.#drain(graceMs));
  }

  async #drain(graceMs: number) {
    this.#status = "draining";
    const total = this.#running.size;
    let aborted = 0;
    if (total > 0) {
      const timer = setTimeout(() => {
        aborted = this.#running.size;
        for (const controller of this.#running.keys()) {
          controller.abort(new DOMException("out of grace", "TimeoutError"));
        }
      }, graceMs);
      await Promise.all(this.#running.values());
      clearTimeout(timer);
    }
    this.#status = "closed";
    return { completed: total - aborted, aborted };
  }
}
