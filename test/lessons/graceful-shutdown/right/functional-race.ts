// style: async/await over two phases, a race against the grace and then the rest; state in closures
export class ServerClosedError extends Error {
  override name = "ServerClosedError";
}

type Report = { completed: number; aborted: number };
type Health = { status: "ok" | "draining" | "closed"; inFlight: number };

function makeServer<Req, Res>(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
  const running = new Map<symbol, { abort: (reason: unknown) => void; over: Promise<unknown> }>();
  let phase: Health["status"] = "ok";
  let report: Promise<Report> | undefined;

  async function handle(request: Req): Promise<Res> {
    if (phase !== "ok") throw new ServerClosedError("server closed");
    const id = Symbol("request");
    const controller = new AbortController();
    const response = handler(request, controller.signal);
    const over = response.then(
      () => running.delete(id),
      () => running.delete(id),
    );
    running.set(id, { abort: (reason) => controller.abort(reason), over });
    return response;
  }

  async function drain(graceMs: number): Promise<Report> {
    phase = "draining";
    const all = [...running.values()];
    const everybody = Promise.all(all.map(({ over }) => over));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const inTime = await Promise.race([
      everybody.then(() => true),
      new Promise<boolean>((resolve) => {
        timer = setTimeout(() => {
          // Told in this very turn: a promise would let answers of the same instant slip in between.
          for (const one of running.values()) one.abort(new ServerClosedError("out of time"));
          cut = running.size;
          resolve(false);
        }, graceMs);
      }),
    ]);
    if (inTime) clearTimeout(timer);
    else await everybody;
    phase = "closed";
    return { completed: all.length - cut, aborted: cut };
  }

  let cut = 0;
  return {
    handle,
    health: (): Health => ({ status: phase, inFlight: running.size }),
    shutdown: (graceMs: number): Promise<Report> => (report ??= drain(graceMs)),
  };
}

export class Server<Req, Res> {
  readonly #inner: ReturnType<typeof makeServer<Req, Res>>;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#inner = makeServer(handler);
  }

  handle(request: Req): Promise<Res> {
    return this.#inner.handle(request);
  }

  health(): Health {
    return this.#inner.health();
  }

  shutdown({ graceMs }: { graceMs: number }): Promise<Report> {
    return this.#inner.shutdown(graceMs);
  }
}
