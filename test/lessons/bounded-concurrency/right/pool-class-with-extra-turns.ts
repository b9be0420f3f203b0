// A class with private state; over-cautious, and with a few microtasks more than it needs.
class Run<T, R> {
  readonly #iterator: Iterator<T>;
  readonly #fn: (item: T, signal: AbortSignal) => Promise<R>;
  readonly #own = new AbortController();
  readonly #signal: AbortSignal;
  readonly #outer: AbortSignal | undefined;
  readonly #results: R[] = [];
  #failed = false;
  #error: unknown = undefined;
  #open = true;
  #next = 0;

  constructor(items: Iterable<T>, fn: (item: T, signal: AbortSignal) => Promise<R>, outer: AbortSignal | undefined) {
    this.#iterator = items[Symbol.iterator]();
    this.#fn = fn;
    this.#outer = outer;
    this.#signal = outer === undefined ? this.#own.signal : AbortSignal.any([outer, this.#own.signal]);
  }

  #stopped(): boolean {
    return this.#failed || this.#signal.aborted;
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    // The composite remembers who was first: the caller, or the failure that is about to be told.
    this.#error = this.#outer?.aborted === true ? this.#outer.reason : error;
    this.#own.abort(error);
  }

  async worker(): Promise<void> {
    while (this.#open && !this.#stopped()) {
      let pulled: IteratorResult<T>;
      try {
        pulled = this.#iterator.next();
      } catch (error) {
        this.#open = false;
        this.#fail(error);
        return;
      }
      if (pulled.done) {
        this.#open = false;
        return;
      }
      const index = this.#next;
      this.#next += 1;
      try {
        const result = await this.#fn(pulled.value, this.#signal);
        this.#results[index] = result;
      } catch (error) {
        this.#fail(error);
      }
    }
  }

  async finish(workers: readonly Promise<void>[]): Promise<R[]> {
    await Promise.allSettled(workers);
    if (
      !this.#stopped() ||
      (!this.#failed && this.#open === false && this.#next === this.#results.length && !this.#signal.aborted)
    ) {
      return this.#results;
    }
    if (this.#open && typeof this.#iterator.return === "function") this.#iterator.return();
    await Promise.resolve();
    if (this.#failed) throw this.#error;
    throw this.#signal.reason;
  }
}

export async function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  options?: { signal?: AbortSignal },
): Promise<R[]> {
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 1) {
    throw new RangeError(`The limit must be a positive integer, but it is ${String(limit)}.`);
  }
  const outer = options?.signal;
  if (outer?.aborted === true) throw outer.reason;
  const run = new Run(items, fn, outer);
  const workers: Promise<void>[] = [];
  for (let n = 0; n < limit && n < 10_000; n++) workers.push(run.worker());
  return await run.finish(workers);
}
