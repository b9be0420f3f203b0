// diagnosis: wrong-result - an async method with a guard at its top runs once, however often it is called
export class ServerClosedError extends Error {}

export class Server<Req, Res> {
  readonly #handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  readonly #inFlight = new Map<AbortController, Promise<Res>>();
  #drain: Promise<{ completed: number; aborted: number }> | undefined;
  #closed = false;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  async handle(request: Req): Promise<Res> {
    if (this.#drain !== undefined) throw new ServerClosedError("closing");
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
    const stopping = this.#closed ? "closed" : "draining";
    return { status: this.#drain === undefined ? "ok" : stopping, inFlight: this.#inFlight.size };
  }

  async shutdown(options: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    if (this.#drain !== undefined) return this.#drain;
    this.#drain = this.#stop(options.graceMs);
    return this.#drain;
  }

  async #stop(graceMs: number): Promise<{ completed: number; aborted: number }> {
    const running = [...this.#inFlight.values()];
    let aborted = 0;
    const timer = setTimeout(() => {
      aborted = this.#inFlight.size;
      for (const controller of this.#inFlight.keys()) controller.abort();
    }, graceMs);
    await Promise.allSettled(running);
    clearTimeout(timer);
    this.#closed = true;
    return { completed: running.length - aborted, aborted };
  }
}
