// style: a queue with a pending count and waiters for the idle state, in the manner of p-queue
export class ErrorGroup {
  readonly signal: AbortSignal;
  readonly #abort = new AbortController();
  readonly #unfollow: () => void;
  #concurrency = Number.POSITIVE_INFINITY;
  #pending = 0;
  #queue: ((signal: AbortSignal) => Promise<void>)[] = [];
  #idle: (() => void)[] = [];
  #failed = false;
  #error: unknown;

  constructor(parent: AbortSignal) {
    this.signal = this.#abort.signal;
    const onAbort = (): void => this.#fail(parent.reason);
    this.#unfollow = () => parent.removeEventListener("abort", onAbort);
    if (parent.aborted) onAbort();
    else parent.addEventListener("abort", onAbort, { once: true });
  }

  setLimit(limit: number): void {
    this.#concurrency = limit;
  }

  go(task: (signal: AbortSignal) => Promise<void>): void {
    if (this.#failed) return;
    this.#queue.push(task);
    this.#tryToStartAnother();
  }

  wait(): Promise<void> {
    return this.#onIdle().then(() => {
      this.#unfollow();
      if (this.#failed) throw this.#error;
    });
  }

  #onIdle(): Promise<void> {
    if (this.#pending === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle.push(resolve);
    });
  }

  #tryToStartAnother(): void {
    while (this.#pending < this.#concurrency) {
      const task = this.#queue.shift();
      if (!task) break;
      this.#pending++;
      task(this.signal)
        .catch((error: unknown) => this.#fail(error))
        .finally(() => {
          this.#pending--;
          this.#tryToStartAnother();
          if (this.#pending > 0) return;
          for (const resolve of this.#idle) resolve();
          this.#idle = [];
        });
    }
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#error = error;
    this.#queue = [];
    this.#abort.abort(error);
  }
}
