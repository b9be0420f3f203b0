/**
 * Tasks that succeed or fail together, like Go's errgroup.
 *
 * - `go` starts a task, or lets it wait in line while `setLimit` tasks are at work. Tasks may `go` further tasks.
 * - The first error aborts `signal` with that error; so does the parent's abort. From then on no task starts any more.
 * - `wait` waits for every task that was started, then rejects with the first error, or with the parent's reason.
 *   After that nothing of the group is left on the parent.
 */
export class ErrorGroup {
  readonly signal: AbortSignal;
  #last: Promise<void> = Promise.resolve();

  constructor(parent: AbortSignal) {
    this.signal = parent;
  }

  /** At most so many tasks are at work at a time. Comes before the first `go`. */
  setLimit(limit: number): void {
    void limit;
  }

  go(task: (signal: AbortSignal) => Promise<void>): void {
    // Begin here. This version runs the tasks one after the other, each one after the last has succeeded.
    this.#last = this.#last.then(() => task(this.signal));
  }

  async wait(): Promise<void> {
    await this.#last;
  }
}
