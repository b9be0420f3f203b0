// style: one timer for the deadlines of all requests, as autocannon's clients share a wheel: the oldest is due first
interface Flight {
  readonly controller: AbortController;
  readonly sentAt: number;
  fate: "open" | "timed out" | "cut off";
}

export function runLoad(
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
  const { connections, durationMs, timeoutMs, signal } = options;
  if (signal.aborted) return Promise.reject(signal.reason);

  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const flights = new Set<Flight>(); // in order of their deadlines, since all have the same length
  const rests = new Map<ReturnType<typeof setTimeout>, () => void>();
  const latencies: number[] = [];
  let [timeouts, errors, busy, over] = [0, 0, connections, false];
  let wheel: ReturnType<typeof setTimeout> | undefined;

  function turnWheel(): void {
    clearTimeout(wheel);
    wheel = undefined;
    if (over) return;
    for (const flight of flights) {
      if (flight.fate !== "open") continue;
      const left = flight.sentAt + timeoutMs - performance.now();
      if (left > 0) {
        wheel = setTimeout(turnWheel, left);
        return;
      }
      flight.fate = "timed out";
      flight.controller.abort(new DOMException("deadline", "TimeoutError"));
    }
  }

  function finish(reason: unknown): void {
    if (over) return;
    over = true;
    clearTimeout(wheel);
    clearTimeout(end);
    for (const [timer, wake] of rests) {
      clearTimeout(timer);
      wake();
    }
    for (const flight of flights) {
      if (flight.fate === "open") flight.fate = "cut off";
      flight.controller.abort(reason);
    }
  }

  function close(): void {
    busy -= 1;
    if (busy > 0) return;
    signal.removeEventListener("abort", onAbort);
    if (signal.aborted) reject(signal.reason);
    else resolve();
  }

  function launch(): void {
    if (over) return close();
    const flight: Flight = { controller: new AbortController(), sentAt: performance.now(), fate: "open" };
    flights.add(flight);
    if (wheel === undefined) turnWheel();
    send(flight.controller.signal).then(
      () => land(flight, true),
      () => land(flight, false),
    );
  }

  function land(flight: Flight, ok: boolean): void {
    flights.delete(flight);
    const took = performance.now() - flight.sentAt;
    if (flights.size === 0 && wheel !== undefined) turnWheel();
    if (flight.fate === "timed out") timeouts += 1;
    if (flight.fate === "open" && ok) latencies.push(took);
    if (flight.fate === "open" && !ok) {
      errors += 1;
      if (took < 1 && !over) {
        const timer = setTimeout(() => {
          rests.delete(timer);
          launch();
        }, 1);
        rests.set(timer, close);
        return;
      }
    }
    launch();
  }

  const onAbort = (): void => finish(signal.reason);
  signal.addEventListener("abort", onAbort);
  const end = setTimeout(finish, durationMs, new DOMException("the end", "AbortError"));
  for (let index = 0; index < connections; index++) launch();

  return promise.then(() => {
    const sorted = latencies.sort((one, two) => one - two);
    const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
    return {
      requests: sorted.length,
      timeouts,
      errors,
      qps: sorted.length / (durationMs / 1000),
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      maxMs: at(1),
    };
  });
}
