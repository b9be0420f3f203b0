// diagnosis: wrong-result - a deadline that strikes while the rest is drained is a timeout as well
export async function runLoad(
  send: (signal: AbortSignal) => Promise<void>,
  o: { connections: number; durationMs: number; timeoutMs: number; signal: AbortSignal },
): Promise<{
  requests: number;
  timeouts: number;
  errors: number;
  qps: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}> {
  o.signal.throwIfAborted();
  const live = new Set<(reason: unknown) => void>();
  const ms: number[] = [];
  let [timeouts, errors, over] = [0, 0, false];

  const stop = (reason: unknown) => {
    over = true;
    for (const end of [...live]) end(reason);
  };
  const onAbort = () => stop(o.signal.reason);
  const clock = setTimeout(stop, o.durationMs, "over");
  o.signal.addEventListener("abort", onAbort);

  const rest = () =>
    new Promise<void>((wake) => {
      const end = () => {
        clearTimeout(t);
        live.delete(end);
        wake();
      };
      const t = setTimeout(end, 1);
      live.add(end);
    });

  const shot = async () => {
    const c = new AbortController();
    const end = (reason: unknown) => c.abort(reason);
    let late = false;
    const t = setTimeout(() => {
      late = true;
      end(new DOMException("late", "TimeoutError"));
    }, o.timeoutMs);
    live.add(end);
    const t0 = performance.now();
    const ok = await send(c.signal).then(
      () => true,
      () => false,
    );
    const dt = performance.now() - t0;
    clearTimeout(t);
    live.delete(end);
    if (late) timeouts++;
    else if (over) return;
    else if (ok) ms.push(dt);
    else if ((errors++, dt < 1)) await rest();
  };

  await Promise.all(
    Array.from({ length: o.connections }, async () => {
      do await shot();
      while (!over);
    }),
  );
  clearTimeout(clock);
  o.signal.removeEventListener("abort", onAbort);
  o.signal.throwIfAborted();
  ms.sort((a, b) => a - b);
  const p = (q: number) => ms[Math.ceil((ms.length * q) / 100) - 1] ?? 0;
  return {
    requests: ms.length,
    timeouts,
    errors,
    qps: ms.length / (o.durationMs / 1000),
    p50Ms: p(50),
    p99Ms: p(99),
    maxMs: p(100),
  };
}
