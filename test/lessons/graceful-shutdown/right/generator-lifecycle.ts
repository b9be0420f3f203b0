// style: a generator is the life of the server, events push it on; functional closures behind the class
type Event = "shutdown" | "left" | "grace over";
type Counts = { completed: number; aborted: number };
type Health = { status: "ok" | "draining" | "closed"; inFlight: number };

export class ServerClosedError extends Error {}

function* life(
  inFlight: () => number,
  abort: () => void,
  done: (counts: Counts) => void,
): Generator<Health["status"], never, Event> {
  while ((yield "ok") !== "shutdown");
  const total = inFlight();
  let aborted = 0;
  while (inFlight() > 0) {
    if ((yield "draining") === "grace over") {
      aborted = inFlight();
      abort();
    }
  }
  done({ completed: total - aborted, aborted });
  for (;;) yield "closed";
}

function createServer<Req, Res>(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
  const force = new AbortController();
  let inFlight = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let finish!: (counts: Counts) => void;
  const finished = new Promise<Counts>((resolve) => (finish = resolve));

  const script = life(
    () => inFlight,
    () => force.abort(new ServerClosedError("grace is over")),
    (counts) => {
      clearTimeout(timer);
      finish(counts);
    },
  );
  let status: Health["status"] = script.next().value;
  const tell = (event: Event) => {
    status = script.next(event).value;
  };

  return {
    handle: (request: Req): Promise<Res> => {
      if (status !== "ok") return Promise.reject(new ServerClosedError("server closed"));
      inFlight++;
      return handler(request, force.signal).finally(() => {
        inFlight--;
        tell("left");
      });
    },
    health: (): Health => ({ status, inFlight }),
    shutdown: (graceMs: number): Promise<Counts> => {
      if (status === "ok") {
        tell("shutdown");
        if (inFlight > 0) timer = setTimeout(tell, graceMs, "grace over");
      }
      return finished;
    },
  };
}

export class Server<Req, Res> {
  readonly #server: ReturnType<typeof createServer<Req, Res>>;
  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#server = createServer(handler);
  }
  handle(request: Req): Promise<Res> {
    return this.#server.handle(request);
  }
  health(): Health {
    return this.#server.health();
  }
  shutdown(options: { graceMs: number }): Promise<Counts> {
    return this.#server.shutdown(options.graceMs);
  }
}
