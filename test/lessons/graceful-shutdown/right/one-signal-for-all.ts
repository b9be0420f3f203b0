// style: one controller for the whole server; AbortSignal.timeout is the grace, and each request counts itself
export class ServerClosedError extends Error {
  constructor() {
    super("server closed");
    this.name = "ServerClosedError";
  }
}

export class Server<Req, Res> {
  #running = 0;
  #status: "ok" | "draining" | "closed" = "ok";
  #completed = 0;
  #aborted = 0;
  readonly #hardStop = new AbortController();
  readonly #done = Promise.withResolvers<{ completed: number; aborted: number }>();
  readonly #handler: (request: Req, signal: AbortSignal) => Promise<Res>;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  async handle(request: Req): Promise<Res> {
    if (this.#status !== "ok") throw new ServerClosedError();
    this.#running += 1;
    try {
      const response = await this.#handler(request, this.#hardStop.signal);
      this.#left();
      return response;
    } catch (error) {
      this.#left();
      throw error;
    }
  }

  #left(): void {
    this.#running -= 1;
    if (this.#status !== "draining") return;
    if (this.#hardStop.signal.aborted) this.#aborted += 1;
    else this.#completed += 1;
    this.#closeIfIdle();
  }

  #closeIfIdle(): void {
    if (this.#running > 0) return;
    this.#status = "closed";
    this.#done.resolve({ completed: this.#completed, aborted: this.#aborted });
  }

  health(): { status: "ok" | "draining" | "closed"; inFlight: number } {
    return { status: this.#status, inFlight: this.#running };
  }

  shutdown({ graceMs }: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    if (this.#status === "ok") {
      this.#status = "draining";
      const grace = AbortSignal.timeout(graceMs);
      grace.addEventListener("abort", () => this.#hardStop.abort(grace.reason), { once: true });
      this.#closeIfIdle();
    }
    return this.#done.promise;
  }
}
