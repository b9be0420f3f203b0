// style: event-driven classes; attempts are EventTargets, the race listens to them and to the caller
class Attempt<T> extends EventTarget {
  readonly #controller = new AbortController();
  state: "running" | "won" | "failed" = "running";
  value: T | undefined;
  error: unknown;

  run(operation: (signal: AbortSignal, attempt: number) => Promise<T>, number: number): void {
    operation(this.#controller.signal, number).then(
      (value) => {
        this.state = "won";
        this.value = value;
        this.dispatchEvent(new Event("done"));
      },
      (error: unknown) => {
        this.state = "failed";
        this.error = error;
        this.dispatchEvent(new Event("done"));
      },
    );
  }

  stop(reason: unknown): void {
    this.#controller.abort(reason);
  }
}

class Race<T> {
  readonly #attempts: Attempt<T>[] = [];
  readonly #done = Promise.withResolvers<T>();
  readonly #operation: (signal: AbortSignal, attempt: number) => Promise<T>;
  readonly #options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  constructor(
    operation: (signal: AbortSignal, attempt: number) => Promise<T>,
    options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
  ) {
    this.#operation = operation;
    this.#options = options;
  }

  run(): Promise<T> {
    this.#options.signal.addEventListener("abort", this);
    this.#add();
    return this.#done.promise;
  }

  handleEvent(event: Event): void {
    if (this.#over) return;
    if (event.type === "abort") {
      this.#finish(this.#options.signal.reason);
      this.#done.reject(this.#options.signal.reason);
      return;
    }
    const attempt = event.target as Attempt<T>;
    if (attempt.state === "won") {
      this.#finish(new DOMException("somebody else was faster", "AbortError"));
      this.#done.resolve(attempt.value as T);
    } else if (this.#attempts.length < this.#options.maxAttempts) {
      this.#add();
    } else if (this.#attempts.every(({ state }) => state === "failed")) {
      this.#finish(undefined);
      this.#done.reject(new AggregateError(this.#attempts.map(({ error }) => error)));
    }
  }

  #add(): void {
    const attempt = new Attempt<T>();
    const number = this.#attempts.push(attempt);
    attempt.addEventListener("done", this);
    clearTimeout(this.#timer);
    if (number < this.#options.maxAttempts) this.#timer = setTimeout(() => this.#add(), this.#options.hedgeAfterMs);
    attempt.run(this.#operation, number);
  }

  #finish(reason: unknown): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#options.signal.removeEventListener("abort", this);
    for (const attempt of this.#attempts) if (attempt.state === "running") attempt.stop(reason);
  }
}

export function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  if (options.signal.aborted) return Promise.reject(options.signal.reason);
  return new Race(operation, options).run();
}
