// style: AbortSignal.timeout as the grace period, a listener on that signal of its own
export class ServerClosedError extends Error {
  constructor(message = "the server does not accept requests any more", options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

export class Server<Req, Res> {
  readonly #handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  readonly #requests = new Set<{ aborted: boolean }>();
  readonly #force = new AbortController();
  #drained = () => {};
  #shutdown?: Promise<{ completed: number; aborted: number }>;
  #closed = false;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  async handle(request: Req): Promise<Res> {
    if (this.#shutdown) throw new ServerClosedError();
    const entry = { aborted: false };
    this.#requests.add(entry);
    try {
      return await this.#handler(request, AbortSignal.any([this.#force.signal]));
    } finally {
      this.#requests.delete(entry);
      if (this.#requests.size === 0) this.#drained();
    }
  }

  health() {
    const status: "ok" | "draining" | "closed" = this.#closed ? "closed" : this.#shutdown ? "draining" : "ok";
    return { status, inFlight: this.#requests.size };
  }

  shutdown(options: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    return (this.#shutdown ??= new Promise((resolve) => {
      const present = [...this.#requests];
      this.#drained = () => {
        this.#closed = true;
        const aborted = present.filter((entry) => entry.aborted).length;
        resolve({ completed: present.length - aborted, aborted });
      };
      if (present.length === 0) return this.#drained();
      const grace = AbortSignal.timeout(options.graceMs);
      grace.addEventListener("abort", () => {
        for (const entry of this.#requests) entry.aborted = true;
        this.#force.abort(grace.reason);
      });
    }));
  }
}
