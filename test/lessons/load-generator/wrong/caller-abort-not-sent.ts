// diagnosis: signal-not-passed-on, late-after-abort - after an abort the requests run out by themselves
type Send = (signal: AbortSignal) => Promise<void>;
interface LoadOptions {
  connections: number;
  durationMs: number;
  timeoutMs: number;
  signal: AbortSignal;
}
interface LoadReport {
  requests: number;
  timeouts: number;
  errors: number;
  qps: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

class Link {
  readonly #run: Run;
  #control: AbortController | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(run: Run) {
    this.#run = run;
  }

  next(): void {
    this.#pause = undefined;
    if (this.#run.over) {
      this.#run.closed();
      return;
    }
    const control = new AbortController();
    this.#control = control;
    const startedAt = performance.now();
    let struck = false;
    const timer = setTimeout(() => {
      struck = true;
      control.abort(new DOMException("No answer in time", "TimeoutError"));
    }, this.#run.options.timeoutMs);
    const ended = (ok: boolean) => {
      clearTimeout(timer);
      this.#control = undefined;
      const elapsed = performance.now() - startedAt;
      if (!this.#run.over) {
        if (struck) this.#run.timeouts++;
        else if (ok) this.#run.latencies.push(elapsed);
        else {
          this.#run.errors++;
          if (elapsed < 1) {
            this.#pause = setTimeout(() => this.next(), 1);
            return;
          }
        }
      }
      this.next();
    };
    this.#run.send(control.signal).then(
      () => ended(true),
      () => ended(false),
    );
  }

  cut(reason: unknown): void {
    if (this.#pause !== undefined) {
      clearTimeout(this.#pause);
      this.next();
    } else {
      this.#control?.abort(reason);
    }
  }
}

class Run {
  readonly send: Send;
  readonly options: LoadOptions;
  readonly latencies: number[] = [];
  timeouts = 0;
  errors = 0;
  over = false;
  readonly #links: Link[] = [];
  #open = 0;
  #endTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #report = Promise.withResolvers<LoadReport>();

  constructor(send: Send, options: LoadOptions) {
    this.send = send;
    this.options = options;
  }

  start(): Promise<LoadReport> {
    const { connections, durationMs, signal } = this.options;
    signal.addEventListener("abort", this.#onAbort);
    this.#endTimer = setTimeout(() => this.#stop(new DOMException("end of run", "AbortError")), durationMs);
    this.#open = connections;
    for (let i = 0; i < connections; i++) this.#links.push(new Link(this));
    for (const link of this.#links) link.next();
    return this.#report.promise;
  }

  closed(): void {
    this.#open--;
    if (this.#open > 0) return;
    const { signal } = this.options;
    signal.removeEventListener("abort", this.#onAbort);
    if (signal.aborted) this.#report.reject(signal.reason);
    else this.#report.resolve(this.#summary());
  }

  readonly #onAbort = () => this.#stop(this.options.signal.reason);

  #stop(reason: unknown): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.#endTimer);
    if (this.options.signal.aborted) return;
    for (const link of this.#links) link.cut(reason);
  }

  #summary(): LoadReport {
    const sorted = [...this.latencies].sort((a, b) => a - b);
    const n = sorted.length;
    const at = (rank: number) => (n === 0 ? 0 : sorted[Math.max(1, rank) - 1]!);
    return {
      requests: n,
      timeouts: this.timeouts,
      errors: this.errors,
      qps: n / (this.options.durationMs / 1000),
      p50Ms: at(Math.ceil(n / 2)),
      p99Ms: at(Math.ceil((99 * n) / 100)),
      maxMs: at(n),
    };
  }
}

export function runLoad(send: Send, options: LoadOptions): Promise<LoadReport> {
  if (options.signal.aborted) return Promise.reject(options.signal.reason);
  return new Run(send, options).start();
}
