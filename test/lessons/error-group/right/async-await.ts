// style: async/await, a set of running promises, wait loops until it is empty
type Task = (signal: AbortSignal) => Promise<void>;

export class ErrorGroup {
  readonly #controller = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #queue: Task[] = [];
  readonly #parent: AbortSignal;
  #limit = Infinity;
  #failure: { error: unknown } | undefined;

  constructor(parent: AbortSignal) {
    this.#parent = parent;
    if (parent.aborted) this.#onAbort();
    else parent.addEventListener("abort", this.#onAbort);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  setLimit(limit: number): void {
    this.#limit = limit;
  }

  go(task: Task): void {
    if (this.#failure) return;
    this.#queue.push(task);
    this.#startNext();
  }

  async wait(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
    this.#parent.removeEventListener("abort", this.#onAbort);
    if (this.#failure) throw this.#failure.error;
  }

  #startNext(): void {
    while (this.#queue.length > 0 && this.#running.size < this.#limit) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#running.add(promise);
      void this.#run(this.#queue.shift()!).then(() => {
        this.#running.delete(promise);
        this.#startNext();
        resolve();
      });
    }
  }

  async #run(task: Task): Promise<void> {
    try {
      await task(this.signal);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#failure) return;
    this.#failure = { error };
    this.#queue.length = 0;
    this.#controller.abort(error);
  }

  #onAbort = (): void => this.#fail(this.#parent.reason);
}
