// style: callers are answered at the abort while the handlers clean up, handlers begin in a microtask, counters only
export class ServerClosedError extends Error {}
export class Server<Req, Res> {
  #n = 0;
  #status: "ok" | "draining" | "closed" = "ok";
  #late = 0;
  #p: Promise<{ completed: number; aborted: number }> | undefined;
  #done = Promise.withResolvers<void>();
  #stop = new AbortController();
  #h: (request: Req, signal: AbortSignal) => Promise<Res>;
  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#h = handler;
  }
  handle(request: Req): Promise<Res> {
    if (this.#p) return Promise.reject(new ServerClosedError());
    this.#n++;
    const answer = Promise.resolve().then(() => this.#h(request, this.#stop.signal));
    const settled = () => {
      this.#n--;
      if (this.#p && this.#stop.signal.aborted) this.#late++;
      if (this.#p && this.#n === 0) this.#done.resolve();
    };
    return new Promise<Res>((resolve, reject) => {
      this.#stop.signal.addEventListener("abort", () => reject(new ServerClosedError("cut off")));
      answer.then(
        (v) => {
          settled();
          resolve(v);
        },
        (e) => {
          settled();
          reject(e);
        },
      );
    });
  }
  health() {
    return { status: this.#status, inFlight: this.#n };
  }
  shutdown({ graceMs }: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    if (this.#p) return this.#p;
    this.#status = "draining";
    const total = this.#n;
    const timer = setTimeout(() => this.#stop.abort(), graceMs);
    if (total === 0) this.#done.resolve();
    this.#p = this.#done.promise.then(() => {
      clearTimeout(timer);
      this.#status = "closed";
      return { completed: total - this.#late, aborted: this.#late };
    });
    return this.#p;
  }
}
