// diagnosis: serial-not-parallel - requests are handled in the order in which they come
type Tally = { completed: number; aborted: number };

export class ServerClosedError extends Error {}

export class Server<Req, Res> {
  #live = new Set<AbortController>();
  #end = Promise.withResolvers<Tally>();
  #tally: Tally | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #last: Promise<unknown> = Promise.resolve();
  #handler;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  async handle(request: Req): Promise<Res> {
    if (this.#tally) throw new ServerClosedError("closed");
    const c = new AbortController();
    this.#live.add(c);
    try {
      const turn = this.#last.then(() => this.#handler(request, c.signal));
      this.#last = turn.catch(() => {});
      return await turn;
    } finally {
      this.#live.delete(c);
      if (this.#tally) {
        this.#tally[c.signal.aborted ? "aborted" : "completed"]++;
        this.#check(this.#tally);
      }
    }
  }

  health(): { status: "ok" | "draining" | "closed"; inFlight: number } {
    return { status: this.#closed ? "closed" : this.#tally ? "draining" : "ok", inFlight: this.#live.size };
  }

  shutdown({ graceMs }: { graceMs: number }): Promise<Tally> {
    if (!this.#tally) {
      this.#tally = { completed: 0, aborted: 0 };
      if (this.#live.size) this.#timer = setTimeout(() => this.#live.forEach((c) => c.abort()), graceMs);
      this.#check(this.#tally);
    }
    return this.#end.promise;
  }

  #check(tally: Tally) {
    if (this.#live.size) return;
    clearTimeout(this.#timer);
    this.#closed = true;
    this.#end.resolve(tally);
  }
}
