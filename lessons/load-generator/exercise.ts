/** What a run has measured. */
export interface LoadReport {
  /** Requests that succeeded. */
  requests: number;
  /** Requests whose own deadline struck first, whatever they answered after it. */
  timeouts: number;
  /** Requests that failed before their deadline. */
  errors: number;
  /** Successes per second of `durationMs`. */
  qps: number;
  /** Nearest-rank percentiles and the maximum over the latencies of the successes; 0 when there are none. */
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

/**
 * Puts load on whatever `send` talks to, for `durationMs`, and reports what came of it. Closed loop: each of the
 * `connections` sends its next request as soon as its last one has ended.
 *
 * - Every request has its own deadline of `timeoutMs`, at which the signal that it was given aborts.
 * - After a failure in less than 1 ms its connection rests for 1 ms.
 * - At `durationMs` the requests in flight are aborted, and not counted.
 * - Resolves once those in flight have settled. When `signal` aborts, everything stops, and it rejects with the
 *   signal's reason once those in flight have settled. Given an aborted signal, it sends nothing.
 */
export async function runLoad(
  send: (signal: AbortSignal) => Promise<void>,
  options: { connections: number; durationMs: number; timeoutMs: number; signal: AbortSignal },
): Promise<LoadReport> {
  // Begin here. This version has one connection, knows no deadline, and stops only when a request happens to end.
  const { durationMs, signal } = options;
  const startedAt = performance.now();
  const latencies: number[] = [];
  while (performance.now() - startedAt < durationMs) {
    const sentAt = performance.now();
    await send(signal);
    latencies.push(performance.now() - sentAt);
  }
  const requests = latencies.length;
  const maxMs = Math.max(0, ...latencies);
  return { requests, timeouts: 0, errors: 0, qps: requests / (durationMs / 1000), p50Ms: maxMs, p99Ms: maxMs, maxMs };
}
