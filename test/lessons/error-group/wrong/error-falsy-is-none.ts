// diagnosis: error-swallowed - an error is truthy
type Task = (signal: AbortSignal) => Promise<void>;

export class ErrorGroup {
  readonly signal: AbortSignal;
  readonly #parent: AbortSignal;
  readonly #controller = new AbortController();
  readonly #line: Task[] = [];
  #limit = Infinity;
  #running = 0;
  #idle = Promise.withResolvers<void>();

  constructor(parent: AbortSignal) {
    this.signal = this.#controller.signal;
    this.#parent = parent;
    if (parent.aborted) this.#follow();
    else parent.addEventListener("abort", this.#follow);
  }

  setLimit(limit: number): void {
    this.#limit = limit;
  }

  go(task: Task): void {
    this.#line.push(task);
    this.#startNext();
  }

  async wait(): Promise<void> {
    // One count for all tasks, also for those that other tasks add while somebody waits.
    if (this.#running > 0) await this.#idle.promise;
    this.#parent.removeEventListener("abort", this.#follow);
    if (this.signal.reason || this.signal.reason === 0) throw this.signal.reason;
  }

  readonly #follow = (): void => {
    this.#controller.abort(this.#parent.reason);
  };

  /** The one place where tasks begin. An aborted signal keeps it shut, for those in line and for newcomers alike. */
  #startNext(): void {
    while (this.#running < this.#limit && !this.signal.aborted) {
      const task = this.#line.shift();
      if (task === undefined) return;
      void this.#run(task);
    }
  }

  /** Never rejects, so that an error does no harm before anybody waits. */
  async #run(task: Task): Promise<void> {
    this.#running++; // before the task begins, since it may call `go` in its first line
    try {
      await task(this.signal);
    } catch (error) {
      // A controller keeps its first reason: later errors, often mere echoes of the abort, change nothing.
      this.#controller.abort(error);
    }
    this.#running--;
    this.#startNext();
    if (this.#running > 0) return;
    this.#idle.resolve();
    this.#idle = Promise.withResolvers(); // the group may be put to work again before anybody waits
  }
}
