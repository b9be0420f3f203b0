/** What `handle` rejects with from the moment `shutdown` is called. */
export class ServerClosedError extends Error {}

export class Server<Req, Res> {
  readonly #handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  #inFlight = 0;

  /** @param handler serves one request; it should stop when its signal aborts, but may need time for that */
  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  /**
   * Starts the handler at once and settles as it does. From the moment `shutdown` is called it starts nothing and
   * rejects with a `ServerClosedError`.
   */
  async handle(request: Req): Promise<Res> {
    // Begin here. Nobody can ever abort this signal, and a request that fails is never counted out.
    const { signal } = new AbortController();
    this.#inFlight++;
    const response = await this.#handler(request, signal);
    this.#inFlight--;
    return response;
  }

  /**
   * `"ok"` until `shutdown` is called, then `"draining"` until it has resolved, then `"closed"`;
   * and how many handlers have not settled.
   */
  health(): { status: "ok" | "draining" | "closed"; inFlight: number } {
    return { status: "ok", inFlight: this.#inFlight };
  }

  /**
   * Takes no more requests and waits for those in flight. After `graceMs` it aborts the signals of those that are left,
   * and resolves in the instant in which the last handler has settled.
   *
   * Of the requests in flight when it was called, `completed` had settled, either way, before their signal aborted;
   * `aborted` are the others. Every caller gets the same promise.
   */
  async shutdown({ graceMs }: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    // This waits for the time to pass, whatever happens meanwhile, and then claims success.
    const completed = this.#inFlight;
    await new Promise<void>((resolve) => setTimeout(resolve, graceMs));
    return { completed, aborted: 0 };
  }
}
