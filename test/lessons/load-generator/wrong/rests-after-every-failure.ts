// diagnosis: wrong-result, limit-not-reached - a failure deserves a rest, however long it took
interface Report {
  requests: number;
  timeouts: number;
  errors: number;
  qps: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

function rest(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, 1);
    signal.addEventListener("abort", done);
  });
}

export async function runLoad(
  send: (signal: AbortSignal) => Promise<void>,
  options: { connections: number; durationMs: number; timeoutMs: number; signal: AbortSignal },
): Promise<Report> {
  const { connections, durationMs, timeoutMs, signal } = options;
  signal.throwIfAborted();

  const run = new AbortController();
  const onAbort = () => run.abort(signal.reason);
  signal.addEventListener("abort", onAbort);
  const end = setTimeout(() => run.abort(new DOMException("the run is over", "AbortError")), durationMs);

  const latencies: number[] = [];
  let timeouts = 0;
  let errors = 0;

  const connection = async () => {
    while (!run.signal.aborted) {
      const request = new AbortController();
      const cancel = () => request.abort(run.signal.reason);
      let late = false;
      let failed = false;
      const timer = setTimeout(() => {
        late = true;
        request.abort(new DOMException("request timed out", "TimeoutError"));
      }, timeoutMs);
      run.signal.addEventListener("abort", cancel);
      const start = performance.now();
      try {
        await send(request.signal);
      } catch {
        failed = true;
      }
      const took = performance.now() - start;
      clearTimeout(timer);
      run.signal.removeEventListener("abort", cancel);
      if (run.signal.aborted) return;
      if (late) {
        timeouts++;
      } else if (failed) {
        errors++;
        await rest(run.signal);
      } else {
        latencies.push(took);
      }
    }
  };

  await Promise.all(Array.from({ length: connections }, connection));
  clearTimeout(end);
  signal.removeEventListener("abort", onAbort);
  signal.throwIfAborted();

  latencies.sort((a, b) => a - b);
  const requests = latencies.length;
  const rank = (percent: number) => latencies[Math.ceil((requests * percent) / 100) - 1] ?? 0;
  return {
    requests,
    timeouts,
    errors,
    qps: requests / (durationMs / 1000),
    p50Ms: rank(50),
    p99Ms: rank(99),
    maxMs: latencies.at(-1) ?? 0,
  };
}
