// style: disposable scopes and `using`
class Scope implements Disposable {
  readonly #control = new AbortController();
  readonly #parent: AbortSignal;
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #follow = () => this.#control.abort(this.#parent.reason);
  expired = false;

  constructor(parent: AbortSignal, ms: number) {
    this.#parent = parent;
    this.#timer = setTimeout(() => {
      this.expired = true;
      this.#control.abort(new DOMException(`over after ${ms} ms`, "TimeoutError"));
    }, ms);
    parent.addEventListener("abort", this.#follow);
  }

  get signal(): AbortSignal {
    return this.#control.signal;
  }

  elapsed(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.signal.addEventListener("abort", () => resolve());
    return promise;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#parent.removeEventListener("abort", this.#follow);
  }
}

export async function runLoad(
  send: (signal: AbortSignal) => Promise<void>,
  options: { connections: number; durationMs: number; timeoutMs: number; signal: AbortSignal },
): Promise<{
  requests: number;
  timeouts: number;
  errors: number;
  qps: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}> {
  options.signal.throwIfAborted();
  using run = new Scope(options.signal, options.durationMs);
  const good: number[] = [];
  let timeouts = 0;
  let errors = 0;

  const worker = async (): Promise<void> => {
    while (!run.signal.aborted) {
      let tooFast = false;
      {
        using request = new Scope(run.signal, options.timeoutMs);
        const start = performance.now();
        try {
          await send(request.signal);
          if (run.signal.aborted) return;
          if (request.expired) timeouts++;
          else good.push(performance.now() - start);
        } catch {
          if (run.signal.aborted) return;
          if (request.expired) timeouts++;
          else {
            errors++;
            tooFast = performance.now() - start < 1;
          }
        }
      }
      if (tooFast) {
        using nap = new Scope(run.signal, 1);
        await nap.elapsed();
      }
    }
  };

  const workers: Promise<void>[] = [];
  while (workers.length < options.connections) workers.push(worker());
  await Promise.all(workers);
  options.signal.throwIfAborted();

  good.sort((a, b) => a - b);
  const percentile = (p: number) => good[Math.ceil((good.length * p) / 100) - 1] ?? 0;
  return {
    requests: good.length,
    timeouts,
    errors,
    qps: good.length / (options.durationMs / 1000),
    p50Ms: percentile(50),
    p99Ms: percentile(99),
    maxMs: percentile(100),
  };
}
