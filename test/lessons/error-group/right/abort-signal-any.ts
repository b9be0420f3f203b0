// style: AbortSignal.any of the parent and an own signal, nothing is hung on the parent
type Task = (signal: AbortSignal) => Promise<void>;

export class ErrorGroup {
  readonly signal: AbortSignal;
  #own = new AbortController();
  #queue: Task[] = [];
  #limit = Infinity;
  #active = 0;
  #first: { error: unknown } | undefined;
  #drained: PromiseWithResolvers<void> | undefined;

  constructor(parent: AbortSignal) {
    this.signal = AbortSignal.any([parent, this.#own.signal]);
    this.signal.addEventListener("abort", () => {
      this.#queue = [];
    });
  }

  setLimit(limit: number) {
    this.#limit = limit;
  }

  go(task: Task) {
    if (this.signal.aborted) return;
    this.#queue.push(task);
    this.#pump();
  }

  async wait() {
    while (this.#active > 0) {
      this.#drained ??= Promise.withResolvers();
      await this.#drained.promise;
    }
    if (this.#first) throw this.#first.error;
    this.signal.throwIfAborted();
  }

  #pump() {
    while (this.#active < this.#limit && !this.signal.aborted) {
      const task = this.#queue.shift();
      if (!task) break;
      this.#active++;
      this.#follow(task);
    }
  }

  async #follow(task: Task) {
    try {
      await task(this.signal);
    } catch (error) {
      if (!this.signal.aborted) {
        this.#first = { error };
        this.#own.abort(error);
      }
    }
    this.#active--;
    this.#pump();
    if (this.#active === 0) {
      this.#drained?.resolve();
      this.#drained = undefined;
    }
  }
}
