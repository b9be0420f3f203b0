// style: an async generator yields every ended request; shutdown counts what it yields
export class ServerClosedError extends Error {}

interface Ticket {
  readonly controller: AbortController;
  readonly ended: Promise<Ticket>;
  late: boolean;
}

async function* inOrderOfEnd(tickets: Iterable<Ticket>): AsyncGenerator<Ticket> {
  const left = new Set(tickets);
  while (left.size > 0) {
    const ticket = await Promise.race([...left].map((one) => one.ended));
    left.delete(ticket);
    yield ticket;
  }
}

export class Server<Req, Res> {
  readonly #handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  readonly #tickets = new Set<Ticket>();
  #phase: "ok" | "draining" | "closed" = "ok";
  #draining?: Promise<{ completed: number; aborted: number }>;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  handle(request: Req): Promise<Res> {
    if (this.#phase !== "ok") return Promise.reject(new ServerClosedError(`the server is ${this.#phase}`));
    const controller = new AbortController();
    const end = Promise.withResolvers<Ticket>();
    const ticket: Ticket = { controller, ended: end.promise, late: false };
    this.#tickets.add(ticket);
    const leave = (): void => {
      ticket.late = controller.signal.aborted;
      this.#tickets.delete(ticket);
      end.resolve(ticket);
    };
    return this.#handler(request, controller.signal).then(
      (answer) => (leave(), answer),
      (error: unknown) => {
        leave();
        throw error;
      },
    );
  }

  health() {
    return { status: this.#phase, inFlight: this.#tickets.size };
  }

  shutdown({ graceMs }: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    if (this.#draining) return this.#draining;
    this.#phase = "draining";
    return (this.#draining = this.#drain(graceMs));
  }

  async #drain(graceMs: number) {
    const outcome = { completed: 0, aborted: 0 };
    const tickets = [...this.#tickets];
    const timer = tickets.length
      ? setTimeout(() => this.#tickets.forEach(({ controller }) => controller.abort()), graceMs)
      : undefined;
    for await (const { late } of inOrderOfEnd(tickets)) outcome[late ? "aborted" : "completed"]++;
    clearTimeout(timer);
    this.#phase = "closed";
    return outcome;
  }
}
