// style: promise chains; a connection is a chain that prolongs itself; outcomes folded at the end
type Outcome = { kind: "success"; ms: number } | { kind: "timeout" } | { kind: "error" } | { kind: "cut off" };

export function runLoad(
  send: (signal: AbortSignal) => Promise<void>,
  options: { connections: number; durationMs: number; timeoutMs: number; signal: AbortSignal },
) {
  const { connections, durationMs, timeoutMs, signal } = options;
  if (signal.aborted) return Promise.reject(signal.reason);
  const whole = new AbortController();
  const onAbort = () => whole.abort(signal.reason);
  signal.addEventListener("abort", onAbort);
  const clock = setTimeout(() => whole.abort(), durationMs);

  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (whole.signal.aborted) return resolve();
      const timer = setTimeout(resolve, ms);
      whole.signal.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      });
    });

  const one = (): Promise<Outcome> => {
    const own = new AbortController();
    const cut = () => own.abort(whole.signal.reason);
    whole.signal.addEventListener("abort", cut);
    const late = Symbol("late");
    const timer = setTimeout(() => own.abort(late), timeoutMs);
    const sentAt = performance.now();
    const judge = (ok: boolean): Outcome => {
      clearTimeout(timer);
      whole.signal.removeEventListener("abort", cut);
      if (own.signal.aborted) return { kind: own.signal.reason === late ? "timeout" : "cut off" };
      return ok ? { kind: "success", ms: performance.now() - sentAt } : { kind: "error" };
    };
    return send(own.signal).then(
      () => judge(true),
      () => judge(false),
    );
  };

  const connection = (seen: Outcome[]): Promise<Outcome[]> => {
    if (whole.signal.aborted) return Promise.resolve(seen);
    const sentAt = performance.now();
    return one().then((outcome) => {
      seen.push(outcome);
      const quick = outcome.kind === "error" && performance.now() - sentAt < 1;
      return quick ? wait(1).then(() => connection(seen)) : connection(seen);
    });
  };

  return Promise.all(Array.from({ length: connections }, () => connection([]))).then((seen) => {
    clearTimeout(clock);
    signal.removeEventListener("abort", onAbort);
    signal.throwIfAborted();
    const outcomes = seen.flat();
    const count = (kind: Outcome["kind"]) => outcomes.filter((outcome) => outcome.kind === kind).length;
    const ms = outcomes.flatMap((outcome) => (outcome.kind === "success" ? [outcome.ms] : []));
    ms.sort((one, two) => one - two);
    const rank = (percent: number) => (ms.length ? ms[Math.ceil((percent / 100) * ms.length) - 1] : 0);
    return {
      requests: ms.length,
      timeouts: count("timeout"),
      errors: count("error"),
      qps: ms.length / (durationMs / 1000),
      p50Ms: rank(50),
      p99Ms: rank(99),
      maxMs: rank(100),
    };
  });
}
