// style: a Poll class that is its own abort listener (handleEvent), own controller for the checks
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Nap(ms, signal).promise;
}

class Nap implements EventListenerObject {
  readonly promise: Promise<void>;
  private readonly signal: AbortSignal | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private resolve!: () => void;
  private reject!: (reason: unknown) => void;

  constructor(ms: number, signal: AbortSignal | undefined) {
    this.signal = signal;
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    if (signal?.aborted) {
      this.reject(signal.reason);
    } else {
      signal?.addEventListener("abort", this);
      this.timer = setTimeout(() => this.wake(), ms);
    }
  }

  private wake(): void {
    this.signal?.removeEventListener("abort", this);
    this.resolve();
  }

  handleEvent(): void {
    clearTimeout(this.timer);
    this.signal?.removeEventListener("abort", this);
    this.reject(this.signal?.reason);
  }
}

class Poll<T> implements EventListenerObject {
  readonly promise: Promise<T>;
  private readonly outer: AbortSignal;
  private readonly inner = new AbortController();
  private resolve!: (value: T) => void;
  private reject!: (reason: unknown) => void;

  constructor(outer: AbortSignal) {
    this.outer = outer;
    this.promise = new Promise<T>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  async run(check: (signal: AbortSignal) => Promise<T | undefined>, everyMs: number): Promise<void> {
    if (this.outer.aborted) return this.reject(this.outer.reason);
    this.outer.addEventListener("abort", this);
    try {
      let answer = await check(this.inner.signal);
      while (answer === undefined) {
        await sleep(everyMs, this.inner.signal);
        answer = await check(this.inner.signal);
      }
      this.resolve(answer);
    } catch (error) {
      this.reject(error); // after an abort this comes too late, and does nothing
    } finally {
      this.outer.removeEventListener("abort", this);
    }
  }

  handleEvent(): void {
    this.outer.removeEventListener("abort", this);
    this.reject(this.outer.reason);
    this.inner.abort(this.outer.reason);
  }
}

export function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  options: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  const poll = new Poll<T>(options.signal);
  void poll.run(check, options.everyMs);
  return poll.promise;
}
