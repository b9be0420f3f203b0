// diagnosis: wrong-result, timer-still-armed, deadline-missed - there is one run at a time
export interface LoadReport {
  requests: number;
  timeouts: number;
  errors: number;
  qps: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

const shortestFailureMs = 1;

let end: ReturnType<typeof setTimeout>;

export async function runLoad(
  send: (signal: AbortSignal) => Promise<void>,
  options: { connections: number; durationMs: number; timeoutMs: number; signal: AbortSignal },
): Promise<LoadReport> {
  const { connections, durationMs, timeoutMs, signal } = options;
  signal.throwIfAborted();

  const latencies: number[] = [];
  let timeouts = 0;
  let errors = 0;
  const run = new AbortController();
  const stop = (): void => run.abort(signal.reason);
  signal.addEventListener("abort", stop);
  end = setTimeout(() => run.abort(), durationMs);

  async function connection(): Promise<void> {
    while (!run.signal.aborted) {
      const sentAt = performance.now();
      const failed = await request();
      if (failed && performance.now() - sentAt < shortestFailureMs) await rest(run.signal);
    }
  }

  async function request(): Promise<boolean> {
    const life = lifetime(run.signal, timeoutMs);
    const sentAt = performance.now();
    let failed = false;
    try {
      await send(life.signal);
    } catch {
      failed = true;
    } finally {
      life.letGo();
    }
    if (life.timedOut) timeouts++;
    else if (!life.signal.aborted && failed) errors++;
    else if (!life.signal.aborted) latencies.push(performance.now() - sentAt);
    return failed;
  }

  await Promise.all(Array.from({ length: connections }, connection));
  clearTimeout(end);
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();

  latencies.sort((one, other) => one - other);
  return {
    requests: latencies.length,
    timeouts,
    errors,
    qps: latencies.length / (durationMs / 1000),
    p50Ms: nearestRank(latencies, 50),
    p99Ms: nearestRank(latencies, 99),
    maxMs: nearestRank(latencies, 100),
  };
}

interface Lifetime {
  readonly signal: AbortSignal;
  readonly timedOut: boolean;
  letGo(): void;
}

function lifetime(parent: AbortSignal, timeoutMs: number): Lifetime {
  const controller = new AbortController();
  const { signal } = controller;
  const late = new DOMException(`No answer within ${timeoutMs} ms`, "TimeoutError");
  const timer = setTimeout(() => controller.abort(late), timeoutMs);
  const follow = (): void => controller.abort(parent.reason);
  parent.addEventListener("abort", follow);
  return {
    signal,
    get timedOut() {
      return signal.reason === late;
    },
    letGo() {
      clearTimeout(timer);
      parent.removeEventListener("abort", follow);
    },
  };
}

function rest(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, shortestFailureMs);
    signal.addEventListener("abort", done);
  });
}

function nearestRank(sorted: readonly number[], percent: number): number {
  return sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? 0;
}
