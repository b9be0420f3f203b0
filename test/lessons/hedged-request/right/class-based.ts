// style: classes for the race and for one attempt, handleEvent as the abort listener
interface Options {
  readonly hedgeAfterMs: number;
  readonly maxAttempts: number;
  readonly signal: AbortSignal;
}

class Attempt {
  readonly number: number;
  readonly controller = new AbortController();
  failure: { error: unknown } | undefined;

  constructor(number: number) {
    this.number = number;
  }
}

class HedgedRace<T> implements EventListenerObject {
  private readonly operation: (signal: AbortSignal, attempt: number) => Promise<T>;
  private readonly options: Options;
  private readonly attempts: Attempt[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private settled = false;
  private resolve!: (value: T) => void;
  private reject!: (error: unknown) => void;

  constructor(operation: (signal: AbortSignal, attempt: number) => Promise<T>, options: Options) {
    this.operation = operation;
    this.options = options;
  }

  run(): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      const { signal } = this.options;
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      signal.addEventListener("abort", this);
      this.start();
    });
  }

  handleEvent(): void {
    const { reason } = this.options.signal;
    this.finish();
    this.reject(reason);
    for (const { controller } of this.attempts) controller.abort(reason);
  }

  private start(): void {
    const attempt = new Attempt(this.attempts.length + 1);
    this.attempts.push(attempt);
    this.schedule();
    void this.follow(attempt);
  }

  private schedule(): void {
    clearTimeout(this.timer);
    if (this.attempts.length < this.options.maxAttempts) {
      this.timer = setTimeout(() => this.start(), this.options.hedgeAfterMs);
    }
  }

  private async follow(attempt: Attempt): Promise<void> {
    try {
      const value = await this.operation(attempt.controller.signal, attempt.number);
      if (this.settled) return;
      this.finish();
      this.resolve(value);
      for (const other of this.attempts) if (other !== attempt) other.controller.abort();
    } catch (error) {
      if (this.settled) return;
      attempt.failure = { error };
      if (this.attempts.length < this.options.maxAttempts) {
        this.start();
      } else if (this.attempts.every((one) => one.failure)) {
        this.finish();
        this.reject(new AggregateError(this.attempts.map((one) => one.failure?.error)));
      }
    }
  }

  private finish(): void {
    this.settled = true;
    clearTimeout(this.timer);
    this.options.signal.removeEventListener("abort", this);
  }
}

export function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: Options,
): Promise<T> {
  return new HedgedRace(operation, options).run();
}
