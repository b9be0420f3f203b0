// diagnosis: unhandled-rejection - a rejected promise can lie there until somebody waits for it
type Task = (signal: AbortSignal) => Promise<void>;

export class ErrorGroup {
  readonly signal: AbortSignal;
  readonly #parent: AbortSignal;
  readonly #controller = new AbortController();
  readonly #line: Task[] = [];
  #limit = Infinity;
  #running = 0;
  readonly #outcome = Promise.withResolvers<void>();
  #ended = false;

  constructor(parent: AbortSignal) {
    this.signal = this.#controller.signal;
    this.#parent = parent;
    if (parent.aborted) this.#follow();
    else parent.addEventListener("abort", this.#follow);
  }

  readonly #follow = (): void => {
    this.#controller.abort(this.#parent.reason);
  };

  setLimit(limit: number): void {
    this.#limit = limit;
  }

  go(task: Task): void {
    this.#line.push(task);
    this.#startNext();
  }

  async wait(): Promise<void> {
    if (this.#running > 0 || this.#ended) await this.#outcome.promise;
    this.#parent.removeEventListener("abort", this.#follow);
    this.signal.throwIfAborted();
  }

  #startNext(): void {
    while (this.#running < this.#limit && !this.signal.aborted) {
      const task = this.#line.shift();
      if (task === undefined) return;
      void this.#run(task);
    }
  }

  async #run(task: Task): Promise<void> {
    this.#running++;
    try {
      await task(this.signal);
    } catch (error) {
      this.#controller.abort(error);
    }
    this.#running--;
    this.#startNext();
    if (this.#running > 0) return;
    this.#ended = true;
    if (this.signal.aborted) {
      this.#parent.removeEventListener("abort", this.#follow);
      this.#outcome.reject(this.signal.reason);
    } else {
      this.#outcome.resolve();
    }
  }
}
