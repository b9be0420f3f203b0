// diagnosis: wrong-result, limit-not-reached - only what is known to be retryable is retried
interface Options {
  maxAttempts: number;
  baseMs: number;
  maxDelayMs: number;
  signal: AbortSignal;
  isRetryable?: (error: unknown) => boolean;
}

class Backoff {
  private ceiling: number;
  private readonly max: number;

  constructor(base: number, max: number) {
    this.ceiling = base;
    this.max = max;
  }

  next(): number {
    const delay = Math.random() * Math.min(this.max, this.ceiling);
    this.ceiling *= 2;
    return delay;
  }
}

class Retrier<T> implements EventListenerObject {
  private readonly inner = new AbortController();
  private readonly options: Options;
  private interrupt: (reason: unknown) => void = () => {};
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: Options) {
    this.options = options;
  }

  run(operation: (attempt: number, signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.options;
    return new Promise<T>((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      this.interrupt = reject;
      signal.addEventListener("abort", this);
      this.loop(operation).then(
        (value) => {
          signal.removeEventListener("abort", this);
          resolve(value);
        },
        (error) => {
          signal.removeEventListener("abort", this);
          reject(error);
        },
      );
    });
  }

  handleEvent(): void {
    const { signal } = this.options;
    signal.removeEventListener("abort", this);
    clearTimeout(this.timer);
    this.interrupt(signal.reason);
    this.inner.abort(signal.reason);
  }

  private async loop(operation: (attempt: number, signal: AbortSignal) => Promise<T>): Promise<T> {
    const { maxAttempts, baseMs, maxDelayMs, isRetryable } = this.options;
    const backoff = new Backoff(baseMs, maxDelayMs);
    let attempt = 1;
    while (true) {
      try {
        return await operation(attempt, this.inner.signal);
      } catch (error) {
        if (this.inner.signal.aborted) throw error; // nobody listens any more
        if (attempt === maxAttempts) throw error;
        if (!isRetryable?.(error)) throw error;
      }
      if (this.inner.signal.aborted) throw this.inner.signal.reason;
      await new Promise<void>((resolve) => {
        this.timer = setTimeout(resolve, backoff.next());
      });
      attempt += 1;
    }
  }
}

export function retry<T>(
  operation: (attempt: number, signal: AbortSignal) => Promise<T>,
  options: Options,
): Promise<T> {
  return new Retrier<T>(options).run(operation);
}
