// diagnosis: unhandled-rejection - the caller has the promise and handles it, so whatever hangs on it is handled, too
export class ServerClosedError extends Error {}

export class Server<Req, Res> {
  readonly #handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  readonly #inFlight = new Map<AbortController, Promise<Res>>();
  #shutdown: Promise<{ completed: number; aborted: number }> | undefined;
  #closed = false;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  handle(request: Req): Promise<Res> {
    if (this.#shutdown !== undefined) return Promise.reject(new ServerClosedError("closing"));
    const controller = new AbortController();
    const response = this.#handler(request, controller.signal);
    this.#inFlight.set(controller, response);
    void response.finally(() => this.#inFlight.delete(controller));
    return response;
  }

  health(): { status: "ok" | "draining" | "closed"; inFlight: number } {
    const stopping = this.#closed ? "closed" : "draining";
    return { status: this.#shutdown === undefined ? "ok" : stopping, inFlight: this.#inFlight.size };
  }

  shutdown(options: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    this.#shutdown ??= this.#stop(options.graceMs);
    return this.#shutdown;
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
