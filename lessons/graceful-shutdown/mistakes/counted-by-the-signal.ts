// diagnosis: wrong-result - whose signal has aborted in the end was cut off, so the signals can be counted when all is over
export class ServerClosedError extends Error {}

export class Server<Req, Res> {
  readonly #handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  readonly #inFlight = new Map<Promise<Res>, AbortController>();
  #shutdown: Promise<{ completed: number; aborted: number }> | undefined;
  #closed = false;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  async handle(request: Req): Promise<Res> {
    if (this.#shutdown !== undefined) throw new ServerClosedError("closing");
    const controller = new AbortController();
    const response = this.#handler(request, controller.signal);
    this.#inFlight.set(response, controller);
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
    const timer = setTimeout(() => {
      for (const [, controller] of running) controller.abort();
    }, graceMs);
    await Promise.allSettled(running.map(([response]) => response));
    clearTimeout(timer);
    this.#closed = true;
    const aborted = running.filter(([, controller]) => controller.signal.aborted).length;
    return { completed: running.length - aborted, aborted };
  }
}
