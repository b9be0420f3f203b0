// style: a class for the run, handleEvent as the abort listener
class Run<T, R> {
  private readonly iterator: Iterator<T>;
  private readonly limit: number;
  private readonly fn: (item: T, signal: AbortSignal) => Promise<R>;
  private readonly outer: AbortSignal | undefined;
  private readonly inner = new AbortController();
  private readonly results: R[] = [];
  private readonly failures: unknown[] = [];
  private state: "open" | "done" | "broken" = "open";
  private active = 0;
  private count = 0;
  private wake: () => void = () => {};

  constructor(
    items: Iterable<T>,
    limit: number,
    fn: (item: T, signal: AbortSignal) => Promise<R>,
    outer?: AbortSignal,
  ) {
    this.iterator = items[Symbol.iterator]();
    this.limit = limit;
    this.fn = fn;
    this.outer = outer;
  }

  handleEvent(): void {
    this.fail(this.outer?.reason);
  }

  async run(): Promise<R[]> {
    this.outer?.addEventListener("abort", this);
    try {
      while (true) {
        this.fill();
        if (this.active === 0) break;
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    } finally {
      this.outer?.removeEventListener("abort", this);
    }
    if (this.failures.length === 0) return this.results;
    if (this.state === "open") this.iterator.return?.();
    throw this.failures[0];
  }

  private fill(): void {
    while (this.state === "open" && this.failures.length === 0 && this.active < this.limit) {
      let step: IteratorResult<T>;
      try {
        step = this.iterator.next();
      } catch (error) {
        this.state = "broken";
        this.fail(error);
        return;
      }
      if (step.done) this.state = "done";
      else if (this.failures.length === 0) void this.work(this.count++, step.value);
    }
  }

  private async work(index: number, item: T): Promise<void> {
    this.active += 1;
    try {
      this.results[index] = await this.fn(item, this.inner.signal);
    } catch (error) {
      this.fail(error);
    }
    this.active -= 1;
    this.wake();
  }

  private fail(error: unknown): void {
    this.failures.push(error);
    this.inner.abort(error);
  }
}

export async function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, signal: AbortSignal) => Promise<R>,
  options?: { signal?: AbortSignal },
): Promise<R[]> {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`bad limit: ${limit}`);
  options?.signal?.throwIfAborted();
  return new Run(items, limit, fn, options?.signal).run();
}
