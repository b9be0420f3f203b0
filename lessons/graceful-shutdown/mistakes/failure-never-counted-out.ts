// diagnosis: never-settles - the line after the await runs when the handler has ended
export class ServerClosedError extends Error {}

export class Server<Req, Res> {
  readonly #handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  readonly #controllers = new Set<AbortController>();
  #inFlight = 0;
  #status: "ok" | "draining" | "closed" = "ok";
  #shutdown: Promise<{ completed: number; aborted: number }> | undefined;
  #onIdle = (): void => undefined;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  async handle(request: Req): Promise<Res> {
    if (this.#status !== "ok") throw new ServerClosedError("closing");
    const controller = new AbortController();
    this.#controllers.add(controller);
    this.#inFlight++;
    const response = await this.#handler(request, controller.signal);
    this.#controllers.delete(controller);
    this.#inFlight--;
    if (this.#inFlight === 0) this.#onIdle();
    return response;
  }

  health(): { status: "ok" | "draining" | "closed"; inFlight: number } {
    return { status: this.#status, inFlight: this.#inFlight };
  }

  shutdown({ graceMs }: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    this.#shutdown ??= this.#drain(graceMs);
    return this.#shutdown;
  }

  async #drain(graceMs: number): Promise<{ completed: number; aborted: number }> {
    this.#status = "draining";
    const total = this.#inFlight;
    let aborted = 0;
    if (total > 0) {
      const idle = new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
      const timer = setTimeout(() => {
        aborted = this.#inFlight;
        for (const controller of this.#controllers) controller.abort();
      }, graceMs);
      await idle;
      clearTimeout(timer);
    }
    this.#status = "closed";
    return { completed: total - aborted, aborted };
  }
}
