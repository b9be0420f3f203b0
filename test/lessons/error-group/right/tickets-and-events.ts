// style: event-driven; tasks wait for a ticket, and an EventTarget says when the group is idle
type Task = (signal: AbortSignal) => Promise<void>;

export class ErrorGroup extends EventTarget {
  readonly signal: AbortSignal;
  private readonly controller = new AbortController();
  private readonly parent: AbortSignal;
  private tickets: (() => void)[] = [];
  private taken = 0;
  private limit: number | undefined;
  private outcome: { readonly error: unknown } | undefined;

  constructor(parent: AbortSignal) {
    super();
    this.signal = this.controller.signal;
    this.parent = parent;
    if (parent.aborted) this.handleEvent();
    else parent.addEventListener("abort", this);
  }

  handleEvent(): void {
    this.fail(this.parent.reason);
  }

  setLimit(limit: number): void {
    this.limit = limit;
  }

  go(task: Task): void {
    if (this.outcome !== undefined) return;
    const start = (): void => {
      this.taken += 1;
      task(this.signal).then(
        () => this.ended(),
        (error: unknown) => {
          this.fail(error);
          this.ended();
        },
      );
    };
    if (this.limit === undefined || this.taken < this.limit) start();
    else this.tickets.push(start);
  }

  async wait(): Promise<void> {
    while (this.taken > 0) {
      await new Promise((resolve) => this.addEventListener("idle", resolve, { once: true }));
    }
    this.parent.removeEventListener("abort", this);
    if (this.outcome !== undefined) throw this.outcome.error;
  }

  private ended(): void {
    this.taken -= 1;
    this.tickets.shift()?.();
    if (this.taken === 0) this.dispatchEvent(new Event("idle"));
  }

  private fail(error: unknown): void {
    if (this.outcome !== undefined) return;
    this.outcome = { error };
    this.tickets = [];
    this.controller.abort(error);
  }
}
