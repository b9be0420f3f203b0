// diagnosis: settled-before-cleanup - after the first error there is nothing left to wait for
type Task = (signal: AbortSignal) => Promise<void>;

export class ErrorGroup {
  readonly signal: AbortSignal;
  readonly #parent: AbortSignal;
  readonly #controller = new AbortController();
  readonly #line: Task[] = [];
  #limit = Infinity;
  #running = 0;
  #finished = Promise.withResolvers<void>();

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
    try {
      if (this.#running > 0) await this.#finished.promise;
      this.signal.throwIfAborted();
    } finally {
      this.#parent.removeEventListener("abort", this.#follow);
    }
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
      this.#finished.resolve();
    }
    this.#running--;
    this.#startNext();
    if (this.#running === 0) {
      this.#finished.resolve();
      this.#finished = Promise.withResolvers();
    }
  }
}
