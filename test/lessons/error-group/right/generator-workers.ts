// Workers draw tasks from a generator that ends when the group does; a worker that finds none goes home.
type Task = (signal: AbortSignal) => Promise<void>;

export class ErrorGroup {
  readonly signal: AbortSignal;
  readonly #abort: (reason: unknown) => void;
  readonly #release: () => void;
  readonly #inbox: Task[] = [];
  readonly #tasks: Generator<Task | undefined, never, undefined>;
  #workers = 0;
  #maxWorkers = Infinity;
  #all: Promise<void> = Promise.resolve();

  constructor(parent: AbortSignal) {
    const controller = new AbortController();
    this.signal = controller.signal;
    this.#abort = (reason) => controller.abort(reason);
    const follow = (): void => controller.abort(parent.reason);
    this.#release = () => parent.removeEventListener("abort", follow);
    if (parent.aborted) follow();
    else parent.addEventListener("abort", follow);
    this.#tasks = this.#draw();
  }

  *#draw(): Generator<Task | undefined, never, undefined> {
    for (;;) yield this.signal.aborted ? undefined : this.#inbox.shift();
  }

  setLimit(limit: number): void {
    this.#maxWorkers = limit;
  }

  go(task: Task): void {
    if (this.signal.aborted) return;
    this.#inbox.push(task);
    if (this.#workers >= this.#maxWorkers) return;
    this.#workers++;
    const worker = this.#work();
    this.#all = Promise.all([this.#all, worker]).then(() => undefined);
  }

  async #work(): Promise<void> {
    for (let task = this.#tasks.next().value; task !== undefined; task = this.#tasks.next().value) {
      try {
        await task(this.signal);
      } catch (error) {
        this.#abort(error);
      }
    }
    this.#workers--;
  }

  async wait(): Promise<void> {
    let seen: Promise<void> | undefined;
    while (seen !== this.#all) {
      seen = this.#all;
      await seen;
    }
    this.#release();
    if (this.signal.aborted) throw this.signal.reason;
  }
}
