// diagnosis: settled-before-cleanup - when somebody waits, all tasks are there
type Task = (signal: AbortSignal) => Promise<void>;

export class ErrorGroup {
  readonly signal: AbortSignal;
  readonly #parent: AbortSignal;
  readonly #controller = new AbortController();
  readonly #line: Task[] = [];
  #limit = Infinity;
  #running = 0;
  readonly #tasks: Promise<void>[] = [];

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
    if (this.signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#tasks.push(promise);
    this.signal.addEventListener("abort", () => {
      if (this.#line.includes(start)) resolve();
    });
    const start: Task = async (signal) => {
      try {
        await task(signal);
      } catch (error) {
        this.#controller.abort(error);
      }
      this.#running--;
      this.#startNext();
      resolve();
    };
    this.#line.push(start);
    this.#startNext();
  }

  async wait(): Promise<void> {
    await Promise.all(this.#tasks);
    this.#parent.removeEventListener("abort", this.#follow);
    this.signal.throwIfAborted();
  }

  #startNext(): void {
    while (this.#running < this.#limit && !this.signal.aborted) {
      const start = this.#line.shift();
      if (start === undefined) return;
      this.#running++;
      void start(this.signal);
    }
  }
}
