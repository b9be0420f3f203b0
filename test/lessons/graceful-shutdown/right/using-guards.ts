// style: `using` for the request's place and for the grace timer
type Status = "ok" | "draining" | "closed";

export class ServerClosedError extends Error {
  override readonly name: string = "ServerClosedError";
}

class InFlight implements Disposable {
  readonly controller = new AbortController();
  readonly gone: Promise<void>;
  #leave!: () => void;
  #home: Set<InFlight>;

  constructor(home: Set<InFlight>) {
    this.#home = home;
    this.gone = new Promise((resolve) => {
      this.#leave = resolve;
    });
    home.add(this);
  }

  [Symbol.dispose]() {
    this.#home.delete(this);
    this.#leave();
  }
}

function alarm(ms: number, ring: () => void): Disposable {
  const id = setTimeout(ring, ms);
  return { [Symbol.dispose]: () => clearTimeout(id) };
}

export class Server<Req, Res> {
  #handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  #all = new Set<InFlight>();
  #status: Status = "ok";
  #shutdown: Promise<{ completed: number; aborted: number }> | undefined;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  async handle(request: Req): Promise<Res> {
    if (this.#status !== "ok") throw new ServerClosedError("shutting down");
    using place = new InFlight(this.#all);
    return await this.#handler(request, place.controller.signal);
  }

  health(): { status: Status; inFlight: number } {
    return { status: this.#status, inFlight: this.#all.size };
  }

  shutdown(options: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    this.#shutdown ??= this.#close([...this.#all], options.graceMs);
    return this.#shutdown;
  }

  async #close(present: InFlight[], graceMs: number) {
    this.#status = "draining";
    const counts = { completed: 0, aborted: 0 };
    if (present.length > 0) {
      using _grace = alarm(graceMs, () => {
        for (const place of this.#all) place.controller.abort(new ServerClosedError("grace period over"));
      });
      for (const place of present) await place.gone;
      for (const place of present) {
        if (place.controller.signal.aborted) counts.aborted += 1;
        else counts.completed += 1;
      }
    }
    this.#status = "closed";
    return counts;
  }
}
