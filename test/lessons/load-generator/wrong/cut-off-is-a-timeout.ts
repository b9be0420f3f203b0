// diagnosis: wrong-result - at the end the time of the requests in flight is up
type Outcome = "success" | "timeout" | "error" | "cut off";

export async function runLoad(
  send: (signal: AbortSignal) => Promise<void>,
  {
    connections,
    durationMs,
    timeoutMs,
    signal,
  }: { connections: number; durationMs: number; timeoutMs: number; signal: AbortSignal },
): Promise<{
  requests: number;
  timeouts: number;
  errors: number;
  qps: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}> {
  if (signal.aborted) throw signal.reason;

  const duration = AbortSignal.timeout(durationMs);
  const over = AbortSignal.any([signal, duration]);
  const counts: Record<Outcome, number> = { success: 0, timeout: 0, error: 0, "cut off": 0 };
  const took: number[] = [];

  async function one(): Promise<{ outcome: Outcome; ms: number }> {
    const deadline = AbortSignal.timeout(timeoutMs);
    const started = Date.now();
    const ok = await send(AbortSignal.any([over, deadline])).then(
      () => true,
      () => false,
    );
    const ms = Date.now() - started;
    if (over.aborted) return { outcome: ok ? "cut off" : "timeout", ms };
    if (deadline.aborted) return { outcome: "timeout", ms };
    return { outcome: ok ? "success" : "error", ms };
  }

  async function breathe(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, 1);
    const wake = () => resolve();
    over.addEventListener("abort", wake);
    await promise;
    clearTimeout(timer);
    over.removeEventListener("abort", wake);
  }

  async function loop(): Promise<void> {
    while (!over.aborted) {
      const { outcome, ms } = await one();
      counts[outcome] += 1;
      if (outcome === "success") took.push(ms);
      if (outcome === "error" && ms < 1) await breathe();
    }
  }

  await Promise.all(Array.from({ length: connections }, () => loop()));
  if (signal.aborted) throw signal.reason;

  const sorted = took.toSorted((a, b) => a - b);
  const nearest = (numerator: number) =>
    sorted.length === 0 ? 0 : (sorted[Math.ceil((sorted.length * numerator) / 100) - 1] as number);
  return {
    requests: counts.success,
    timeouts: counts.timeout,
    errors: counts.error,
    qps: counts.success / (durationMs / 1000),
    p50Ms: nearest(50),
    p99Ms: nearest(99),
    maxMs: nearest(100),
  };
}
