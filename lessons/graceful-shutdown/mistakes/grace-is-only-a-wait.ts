// diagnosis: work-still-running - when the grace is over the server is closed, and whoever is left is none of its concern
// seen in gombit-dev/gombit #134 (Go)
export class ServerClosedError extends Error {}

export class Server<Req, Res> {
  readonly #handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  readonly #inFlight = new Set<Promise<Res>>();
  #shutdown: Promise<{ completed: number; aborted: number }> | undefined;
  #closed = false;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  async handle(request: Req): Promise<Res> {
    if (this.#shutdown !== undefined) throw new ServerClosedError("closing");
    const response = this.#handler(request, new AbortController().signal);
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
    let timer: ReturnType<typeof setTimeout> | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([Promise.allSettled(running), grace]);
    clearTimeout(timer);
    this.#closed = true;
    const aborted = this.#inFlight.size;
    return { completed: running.length - aborted, aborted };
  }
}
