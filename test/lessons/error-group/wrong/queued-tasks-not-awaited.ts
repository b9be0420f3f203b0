// diagnosis: settled-before-cleanup - what runs when wait is called is what has to end
type Task = (signal: AbortSignal) => Promise<void>;

export class ErrorGroup {
  readonly signal: AbortSignal;
  readonly #stop: AbortController;
  readonly #unfollow: () => void;
  readonly #tasks: Task[] = [];
  readonly #current = new Set<Promise<void>>();
  #busy = 0;
  #limit: number | null = null;
  #failure: { cause: unknown } | null = null;

  constructor(parent: AbortSignal) {
    this.#stop = new AbortController();
    this.signal = this.#stop.signal;
    const onAbort = (): void => this.#fail(parent.reason);
    const listening = new AbortController();
    this.#unfollow = () => listening.abort();
    if (parent.aborted) onAbort();
    else parent.addEventListener("abort", onAbort, { signal: listening.signal });
  }

  setLimit(limit: number): void {
    this.#limit = limit;
  }

  go(task: Task): void {
    if (this.#failure) return;
    this.#tasks.push(task);
    if (this.#limit === null || this.#busy < this.#limit) {
      this.#busy++;
      void this.#lane();
    }
  }

  async wait(): Promise<void> {
    // A lane may open others while it is waited for: the list grows under our feet, on purpose.
    await Promise.all(this.#current);
    this.#unfollow();
    if (this.#failure) throw this.#failure.cause;
  }

  *#pending(): Generator<Task, void, void> {
    while (!this.#failure && this.#tasks.length > 0) yield this.#tasks.shift()!;
  }

  async #lane(): Promise<void> {
    for (const task of this.#pending()) {
      const run = task(this.signal).catch((error: unknown) => this.#fail(error));
      this.#current.add(run);
      await run;
      this.#current.delete(run);
    }
    this.#busy--;
  }

  #fail(cause: unknown): void {
    if (this.#failure) return;
    this.#failure = { cause };
    this.#stop.abort(cause);
  }
}
