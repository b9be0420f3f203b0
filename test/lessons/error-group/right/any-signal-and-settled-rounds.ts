// AbortSignal.any follows the parent; `wait` goes round until a round finds nothing new.
export class ErrorGroup {
  readonly signal: AbortSignal;
  readonly #own = new AbortController();
  readonly #tasks = new Set<Promise<unknown>>();
  readonly #queued: { start: () => void }[] = [];
  #limit: number | undefined;

  constructor(parent: AbortSignal) {
    this.signal = AbortSignal.any([parent, this.#own.signal]);
  }

  setLimit(limit: number): void {
    this.#limit = limit;
  }

  go(task: (signal: AbortSignal) => Promise<void>): void {
    if (this.signal.aborted) return;
    const start = (): void => {
      const execute = async (): Promise<void> => {
        try {
          await task(this.signal);
        } catch (error) {
          this.#own.abort(error);
        } finally {
          this.#tasks.delete(run);
          this.#next();
        }
      };
      const run = execute();
      this.#tasks.add(run);
    };
    this.#queued.push({ start });
    this.#next();
  }

  #starting = 0;

  #next(): void {
    while (!this.signal.aborted && this.#queued.length > 0) {
      if (this.#limit !== undefined && this.#tasks.size + this.#starting >= this.#limit) return;
      const entry = this.#queued.shift();
      this.#starting++; // its promise is in the set only once it has begun
      entry?.start();
      this.#starting--;
    }
  }

  async wait(): Promise<void> {
    while (this.#tasks.size > 0) await Promise.allSettled([...this.#tasks]);
    this.signal.throwIfAborted();
  }
}
