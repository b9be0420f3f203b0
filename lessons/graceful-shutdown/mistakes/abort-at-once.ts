// diagnosis: deadline-missed - shutting down means telling every handler to stop, and the grace is for those who do not listen
// seen in heetch/regula #10 (Go)
export class ServerClosedError extends Error {}

export class Server<Req, Res> {
  readonly #handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  readonly #closing = new AbortController();
  readonly #inFlight = new Set<Promise<Res>>();
  #shutdown: Promise<{ completed: number; aborted: number }> | undefined;
  #closed = false;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  async handle(request: Req): Promise<Res> {
    if (this.#closing.signal.aborted) throw new ServerClosedError("closing");
    const response = this.#handler(request, this.#closing.signal);
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

  async #stop(_graceMs: number): Promise<{ completed: number; aborted: number }> {
    const running = [...this.#inFlight];
    this.#closing.abort(new ServerClosedError("closing"));
    await Promise.allSettled(running);
    this.#closed = true;
    return { completed: 0, aborted: running.length };
  }
}
