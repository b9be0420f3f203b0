// diagnosis: work-still-running - what stands in line was accepted and will be run
type Task = (signal: AbortSignal) => Promise<void>;

export class ErrorGroup {
  readonly signal: AbortSignal;
  readonly #parent: AbortSignal;
  readonly #controller = new AbortController();
  readonly #line: Task[] = [];
  #limit = Infinity;
  #running = 0;
  #waiting: (() => void)[] = [];

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
    if (this.signal.aborted) return;
    this.#line.push(task);
    this.#startNext();
  }

  async wait(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#parent.removeEventListener("abort", this.#follow);
    this.signal.throwIfAborted();
  }

  readonly #follow = (): void => {
    this.#controller.abort(this.#parent.reason);
  };

  #startNext(): void {
    while (this.#running < this.#limit) {
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
    for (const resolve of this.#waiting) resolve();
    this.#waiting = [];
  }
}
