// diagnosis: signal-not-passed-on - one field for the controller is enough, it is replaced by each request
export class ServerClosedError extends Error {}

export class Server<Req, Res> {
  readonly #handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  readonly #inFlight = new Set<Promise<Res>>();
  #controller = new AbortController();
  #shutdown: Promise<{ completed: number; aborted: number }> | undefined;
  #closed = false;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  async handle(request: Req): Promise<Res> {
    if (this.#shutdown !== undefined) throw new ServerClosedError("closing");
    this.#controller = new AbortController();
    const response = this.#handler(request, this.#controller.signal);
    this.#inFlight.add(response);
    try {
      return await response;
    } finally {
      this.#inFlight.delete(response);
    }
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
    const running = [...this.#inFlight];
    let aborted = 0;
    const timer = setTimeout(() => {
      aborted = this.#inFlight.size;
      this.#controller.abort();
    }, graceMs);
    await Promise.allSettled(running);
    clearTimeout(timer);
    this.#closed = true;
    return { completed: running.length - aborted, aborted };
  }
}
