/** What `handle` rejects with from the moment `shutdown` is called. */
export class ServerClosedError extends Error {}

/** Runs a handler for each request, and knows how to stop: no new requests, time for the old ones, then an end. */
export class Server<Req, Res> {
  readonly #handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  /** One controller for each request whose handler has not settled. Leaving this set is what "done" means here. */
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
      return await this.#handler(request, controller.signal); // without this `await`, `finally` would run at once
    } finally {
      // Here and nowhere else, so that a failed request is counted out like any other.
      this.#inFlight.delete(controller);
      if (this.#inFlight.size === 0) this.#onIdle?.();
    }
  }

  health(): { status: "ok" | "draining" | "closed"; inFlight: number } {
    const stopping = this.#closed ? "closed" : "draining";
    return { status: this.#shutdown === undefined ? "ok" : stopping, inFlight: this.#inFlight.size };
  }

  // Not async: an async method makes a new promise for every call. Whoever asks again shares the drain under way.
  shutdown({ graceMs }: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    this.#shutdown ??= this.#drain(graceMs);
    return this.#shutdown;
  }

  async #drain(graceMs: number): Promise<{ completed: number; aborted: number }> {
    const total = this.#inFlight.size; // nobody joins any more
    let aborted = 0;
    if (total > 0) {
      const timer = setTimeout(() => {
        // Whoever has settled has left the set by now, so those who are in it are exactly those who are cut off.
        aborted = this.#inFlight.size;
        for (const controller of this.#inFlight) controller.abort(new ServerClosedError("no grace left"));
      }, graceMs);
      // An abort is a request, not an end: the last handler to settle ends the drain, before the timer or after it.
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
      clearTimeout(timer);
    }
    this.#closed = true;
    return { completed: total - aborted, aborted };
  }
}
