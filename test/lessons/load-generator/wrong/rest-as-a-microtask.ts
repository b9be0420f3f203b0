// diagnosis: busy-loop, never-settles - a turn of the event loop is rest enough
type Outcome = { readonly kind: "ok" | "late" | "failed"; readonly ms: number };

async function* outcomes(
  send: (signal: AbortSignal) => Promise<void>,
  timeoutMs: number,
  over: AbortSignal,
): AsyncGenerator<Outcome, void> {
  while (!over.aborted) {
    const own = new AbortController();
    const relay = () => own.abort(over.reason);
    over.addEventListener("abort", relay);
    let kind: Outcome["kind"] = "ok";
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      own.abort(new DOMException("request deadline", "TimeoutError"));
    }, timeoutMs);
    const from = Date.now();
    try {
      await send(own.signal);
    } catch {
      kind = "failed";
    } finally {
      clearTimeout(timer);
      over.removeEventListener("abort", relay);
    }
    if (over.aborted) return;
    const ms = Date.now() - from;
    if (late) kind = "late";
    yield { kind, ms };
    if (kind === "failed" && ms < 1 && !over.aborted) {
      await Promise.resolve();
    }
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
  const { signal, connections, durationMs, timeoutMs } = options;
  signal.throwIfAborted();
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal.reason);
  const end = setTimeout(() => stop.abort(), durationMs);
  signal.addEventListener("abort", onAbort, { once: true });

  const latencies: number[] = [];
  const count = { late: 0, failed: 0 };
  const drain = async () => {
    for await (const { kind, ms } of outcomes(send, timeoutMs, stop.signal)) {
      if (kind === "ok") latencies.push(ms);
      else count[kind]++;
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, drain));
  } finally {
    clearTimeout(end);
    signal.removeEventListener("abort", onAbort);
  }
  signal.throwIfAborted();

  const sorted = Float64Array.from(latencies).sort();
  const pick = (percent: number) => (sorted.length ? sorted[Math.ceil((sorted.length * percent) / 100) - 1]! : 0);
  return {
    requests: sorted.length,
    timeouts: count.late,
    errors: count.failed,
    qps: sorted.length / (durationMs / 1000),
    p50Ms: pick(50),
    p99Ms: pick(99),
    maxMs: pick(100),
  };
}
