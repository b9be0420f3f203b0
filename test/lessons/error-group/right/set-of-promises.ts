// style: a set of promises that never reject, awaited until it is empty; AbortSignal.any follows the parent
type Task = (signal: AbortSignal) => Promise<void>;

export class ErrorGroup {
  readonly signal: AbortSignal;
  readonly #own = new AbortController();
  readonly #parent: AbortSignal;
  readonly #running = new Set<Promise<void>>();
  readonly #line: Task[] = [];
  #free = Infinity;
  #first: { error: unknown } | undefined;

  constructor(parent: AbortSignal) {
    this.#parent = parent;
    this.signal = AbortSignal.any([parent, this.#own.signal]);
  }

  setLimit(limit: number): void {
    this.#free = limit;
  }

  go(task: Task): void {
    if (this.signal.aborted) return;
    if (this.#free > 0) this.#start(task);
    else this.#line.push(task);
  }

  async wait(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
    if (this.#first) throw this.#first.error;
    if (this.#parent.aborted) throw this.#parent.reason;
  }

  #start(task: Task): void {
    this.#free--;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#running.add(promise);
    const end = (): void => {
      const next = this.signal.aborted ? undefined : this.#line.shift();
      this.#free++;
      if (next) this.#start(next);
      this.#running.delete(promise);
      resolve();
    };
    task(this.signal).then(end, (error: unknown) => {
      this.#first ??= { error: this.signal.aborted ? this.signal.reason : error };
      this.#own.abort(error);
      end();
    });
  }
}
