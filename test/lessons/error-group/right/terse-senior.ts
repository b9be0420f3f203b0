// style: terse senior, withResolvers, one array for the line
export class ErrorGroup {
  #c = new AbortController();
  #parent: AbortSignal;
  #line: (() => void)[] = [];
  #live = 0;
  #max = 1 / 0;
  #done = Promise.withResolvers<void>();
  #bad: [unknown] | null = null;
  #hit = () => this.#fail(this.#parent.reason);

  constructor(parent: AbortSignal) {
    this.#parent = parent;
    parent.aborted ? this.#hit() : parent.addEventListener("abort", this.#hit, { once: true });
  }
  get signal() {
    return this.#c.signal;
  }
  setLimit(limit: number) {
    this.#max = limit;
  }
  go(task: (signal: AbortSignal) => Promise<void>) {
    if (this.#bad) return;
    const run = () => {
      this.#live++;
      task(this.signal)
        .catch((e) => this.#fail(e))
        .then(() => {
          this.#live--;
          this.#line.shift()?.();
          if (!this.#live) (this.#done.resolve(), (this.#done = Promise.withResolvers()));
        });
    };
    this.#live < this.#max ? run() : this.#line.push(run);
  }
  async wait() {
    while (this.#live) await this.#done.promise;
    this.#parent.removeEventListener("abort", this.#hit);
    if (this.#bad) throw this.#bad[0];
  }
  #fail(e: unknown) {
    if (this.#bad) return;
    this.#bad = [e];
    this.#line = [];
    this.#c.abort(e);
  }
}
