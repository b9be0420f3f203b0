// A group is open, stopping or stopped, and only its transitions touch the signal.
type Phase = { readonly name: "open" } | { readonly name: "stopped"; readonly reason: unknown };

export class ErrorGroup implements EventListenerObject {
  #phase: Phase = { name: "open" };
  #limit = Infinity;
  #live = 0;
  readonly #pending: ((signal: AbortSignal) => Promise<void>)[] = [];
  readonly #controller: AbortController;
  readonly #parent: AbortSignal;
  readonly #quiet = new EventTarget();

  constructor(parent: AbortSignal) {
    this.#controller = new AbortController();
    this.#parent = parent;
    if (parent.aborted) this.#stop(parent.reason);
    else parent.addEventListener("abort", this);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  handleEvent(): void {
    this.#stop(this.#parent.reason);
  }

  setLimit(limit: number): void {
    this.#limit = limit;
  }

  go(task: (signal: AbortSignal) => Promise<void>): void {
    if (this.#phase.name === "stopped") return;
    this.#pending.push(task);
    this.#pump();
  }

  async wait(): Promise<void> {
    if (this.#live > 0) {
      await new Promise<void>((resolve) => {
        this.#quiet.addEventListener("quiet", () => resolve(), { once: true });
      });
    }
    this.#parent.removeEventListener("abort", this);
    if (this.#phase.name === "stopped") throw this.#phase.reason;
  }

  #stop(reason: unknown): void {
    if (this.#phase.name === "stopped") return;
    this.#phase = { name: "stopped", reason };
    this.#pending.length = 0;
    this.#controller.abort(reason);
  }

  #pump(): void {
    while (this.#live < this.#limit && this.#phase.name === "open") {
      const task = this.#pending.shift();
      if (!task) break;
      this.#live++;
      void Promise.resolve()
        .then(() => (this.#phase.name === "open" ? task(this.signal) : undefined))
        .catch((error: unknown) => this.#stop(error))
        .then(() => {
          this.#live--;
          this.#pump();
          if (this.#live === 0) this.#quiet.dispatchEvent(new Event("quiet"));
        });
    }
  }
}
