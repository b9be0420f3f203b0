// diagnosis: error-swallowed, wrong-result - a failure is seen by its error
export class ServerClosedError extends Error {}

export class Server<Req, Res> {
  readonly #handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  readonly #inFlight = new Set<AbortController>();
  #shutdown: Promise<{ completed: number; aborted: number }> | undefined;
  #closed = false;
  #onIdle: (() => void) | undefined;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  async handle(request: Req): Promise<Res> {
    if (this.#shutdown !== undefined) throw new ServerClosedError("the server is shutting down");
    const controller = new AbortController();
    this.#inFlight.add(controller);
    try {
      return await this.#handler(request, controller.signal);
    } catch (error) {
      if (error) throw error;
      return undefined as Res;
    } finally {
      this.#inFlight.delete(controller);
      if (this.#inFlight.size === 0) this.#onIdle?.();
    }
  }

  health(): { status: "ok" | "draining" | "closed"; inFlight: number } {
    const stopping = this.#closed ? "closed" : "draining";
    return { status: this.#shutdown === undefined ? "ok" : stopping, inFlight: this.#inFlight.size };
  }

  shutdown({ graceMs }: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    this.#shutdown ??= this.#drain(graceMs);
    return this.#shutdown;
  }

  async #drain(graceMs: number): Promise<{ completed: number; aborted: number }> {
    const total = this.#inFlight.size;
    let aborted = 0;
    if (total > 0) {
      const timer = setTimeout(() => {
        aborted = this.#inFlight.size;
        for (const controller of this.#inFlight) controller.abort(new ServerClosedError("no grace left"));
      }, graceMs);
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
      clearTimeout(timer);
    }
    this.#closed = true;
    return { completed: total - aborted, aborted };
  }
}
