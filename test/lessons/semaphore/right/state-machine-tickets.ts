// Over-cautious: every ticket is a small machine that checks each of its moves.
type State = "new" | "queued" | "held" | "gone" | "returned";

class Ticket {
  state: State = "new";
  readonly settled: Promise<() => void>;
  private fulfil!: (release: () => void) => void;
  private refuse!: (reason: unknown) => void;
  private readonly semaphore: Semaphore;
  private readonly signal: AbortSignal;

  constructor(semaphore: Semaphore, signal: AbortSignal) {
    this.semaphore = semaphore;
    this.signal = signal;
    this.settled = new Promise<() => void>((resolve, reject) => {
      this.fulfil = resolve;
      this.refuse = reject;
    });
  }

  private move(from: readonly State[], to: State): boolean {
    if (!from.includes(this.state)) return false;
    this.state = to;
    return true;
  }

  handleEvent(): void {
    if (!this.move(["new", "queued"], "gone")) return;
    this.signal.removeEventListener("abort", this);
    this.semaphore.changed();
    this.refuse(this.signal.reason);
  }

  enqueue(): void {
    if (this.signal.aborted) this.handleEvent();
    else if (this.move(["new"], "queued")) this.signal.addEventListener("abort", this, { once: true });
  }

  hold(): void {
    if (!this.move(["new", "queued"], "held")) throw new Error("a ticket is granted once");
    this.signal.removeEventListener("abort", this);
    this.fulfil(() => {
      if (this.move(["held"], "returned")) this.semaphore.changed();
    });
  }
}

export class Semaphore {
  private tickets: Ticket[] = [];
  private readonly permits: number;

  constructor(permits: number) {
    this.permits = permits;
  }

  private count(state: State): number {
    return this.tickets.filter((ticket) => ticket.state === state).length;
  }

  get available(): number {
    return this.permits - this.count("held");
  }

  get waiting(): number {
    return this.count("queued");
  }

  async acquire(signal: AbortSignal): Promise<() => void> {
    const ticket = new Ticket(this, signal);
    this.tickets.push(ticket);
    ticket.enqueue();
    this.changed();
    return await ticket.settled;
  }

  /** Lets in whoever can come in, and forgets whoever is done. */
  changed(): void {
    let free = this.available;
    for (const ticket of this.tickets) {
      if (free === 0) break;
      if (ticket.state !== "queued") continue;
      ticket.hold();
      free--;
    }
    this.tickets = this.tickets.filter(({ state }) => state === "queued" || state === "held");
  }
}
