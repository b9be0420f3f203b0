/** What a run has measured. */
export interface LoadReport {
  requests: number;
  timeouts: number;
  errors: number;
  qps: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

/** After a failure that took less than this, a connection rests for as long: a dead server must not become a hot loop. */
const shortestFailureMs = 1;

export async function runLoad(
  send: (signal: AbortSignal) => Promise<void>,
  options: { connections: number; durationMs: number; timeoutMs: number; signal: AbortSignal },
): Promise<LoadReport> {
  const { connections, durationMs, timeoutMs, signal } = options;
  signal.throwIfAborted();

  const latencies: number[] = []; // of successes
  let timeouts = 0;
  let errors = 0;

  // One signal for all the reasons to stop. Requests and rests follow it, and only it follows the caller.
  const run = new AbortController();
  const stop = (): void => run.abort(signal.reason);
  signal.addEventListener("abort", stop);
  const end = setTimeout(() => run.abort(), durationMs);

  async function connection(): Promise<void> {
    while (!run.signal.aborted) {
      const sentAt = performance.now();
      const failed = await request();
      if (failed && performance.now() - sentAt < shortestFailureMs) await rest(run.signal);
    }
  }

  /** Sends one request and counts it. Gives whether it failed. */
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
    // What the request answers, or throws, counts only if nothing had ended it before. A signal keeps its first reason,
    // so a request that the run's end had cut off is no timeout, however long it then took to stop.
    if (life.timedOut) timeouts++;
    else if (!life.signal.aborted && failed) errors++;
    else if (!life.signal.aborted) latencies.push(performance.now() - sentAt);
    return failed;
  }

  await Promise.all(Array.from({ length: connections }, connection)); // no connection ever rejects
  clearTimeout(end);
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();

  latencies.sort((one, other) => one - other); // the default would compare them as strings
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
  /** Its deadline struck, and nothing else had ended it before. */
  readonly timedOut: boolean;
  letGo(): void;
}

/** Ends with `parent`, or with a `TimeoutError` after `timeoutMs`, and holds on to neither once it was let go. */
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

/** Waits for 1 ms, or until the signal aborts. Never rejects: whoever rests looks at the signal afterwards anyway. */
function rest(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(); // the failure was the abort itself: its event has been and will not come again
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, shortestFailureMs);
    signal.addEventListener("abort", done);
  });
}

/** The smallest value that at least `percent` per cent of all are not above. */
function nearestRank(sorted: readonly number[], percent: number): number {
  return sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? 0;
}
