// style: over-cautious, extra turns between requests, outcomes as values, statistics in a class
class Statistics {
  readonly #latencies: number[] = [];
  timeouts = 0;
  errors = 0;
  success(ms: number): void {
    this.#latencies.push(ms);
  }
  report(durationMs: number) {
    const sorted = Float64Array.from(this.#latencies).sort();
    const n = sorted.length;
    const rank = (p: number): number => (n === 0 ? 0 : (sorted[Math.max(0, Math.ceil((p * n) / 100) - 1)] ?? 0));
    const { timeouts, errors } = this;
    return {
      requests: n,
      timeouts,
      errors,
      qps: n / (durationMs / 1000),
      p50Ms: rank(50),
      p99Ms: rank(99),
      maxMs: rank(100),
    };
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
  const { signal } = options;
  if (signal.aborted) throw signal.reason;
  const statistics = new Statistics();
  const run = new AbortController();
  const onAbort = (): void => run.abort(signal.reason);
  signal.addEventListener("abort", onAbort);
  const timer = setTimeout(() => run.abort(new Error("over")), options.durationMs);
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (run.signal.aborted) return resolve();
      const wake = (): void => {
        clearTimeout(id);
        run.signal.removeEventListener("abort", wake);
        resolve();
      };
      const id = setTimeout(wake, ms);
      run.signal.addEventListener("abort", wake);
    });
  const connection = async (): Promise<void> => {
    for (;;) {
      await Promise.resolve();
      if (run.signal.aborted) return;
      const own = new AbortController();
      let cause: "deadline" | "end" | undefined;
      const deadline = setTimeout(() => {
        cause ??= "deadline";
        own.abort(new DOMException("too slow", "TimeoutError"));
      }, options.timeoutMs);
      const end = (): void => {
        cause ??= "end";
        own.abort(run.signal.reason);
      };
      run.signal.addEventListener("abort", end);
      const start = performance.now();
      const outcome = await send(own.signal).then(
        () => "ok" as const,
        () => "failed" as const,
      );
      const took = performance.now() - start;
      clearTimeout(deadline);
      run.signal.removeEventListener("abort", end);
      if (cause === "deadline") statistics.timeouts++;
      else if (cause === undefined && outcome === "failed") statistics.errors++;
      else if (cause === undefined) statistics.success(took);
      await Promise.resolve();
      if (outcome === "failed" && took < 1) await pause(1);
    }
  };
  const all: Promise<void>[] = [];
  for (let n = 0; n < options.connections; n++) all.push(connection());
  try {
    await Promise.all(all);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
  if (signal.aborted) throw signal.reason;
  return statistics.report(options.durationMs);
}
