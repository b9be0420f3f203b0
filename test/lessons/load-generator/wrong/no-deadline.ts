// diagnosis: deadline-missed, never-settles - the end of the run is the only deadline
type Tally = { readonly ok: number[]; late: number; bad: number };

const nearestRank = (sorted: readonly number[], percent: number): number =>
  sorted.length === 0 ? 0 : sorted[Math.ceil((percent * sorted.length) / 100) - 1]!;

const pause = (ms: number, until: AbortSignal): Promise<void> =>
  new Promise<void>((resolve) => {
    const finish = () => {
      until.removeEventListener("abort", finish);
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    until.addEventListener("abort", finish);
  });

export const runLoad = (
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
}> => {
  const { connections, durationMs, signal } = options;
  if (signal.aborted) return Promise.reject(signal.reason);

  const ending = new AbortController();
  const over = AbortSignal.any([signal, ending.signal]);
  const clock = setTimeout(() => ending.abort(), durationMs);
  const tally: Tally = { ok: [], late: 0, bad: 0 };

  const turn = (): Promise<void> => {
    if (over.aborted) return Promise.resolve();
    const deadline = new AbortController();
    const begin = performance.now();
    return send(AbortSignal.any([over, deadline.signal]))
      .then(
        () => true,
        () => false,
      )
      .then((succeeded): Promise<void> | undefined => {
        const ms = performance.now() - begin;
        if (over.aborted) return undefined;
        if (deadline.signal.aborted) tally.late += 1;
        else if (succeeded) tally.ok.push(ms);
        else {
          tally.bad += 1;
          if (ms < 1) return pause(1, over);
        }
        return undefined;
      })
      .then(turn);
  };

  return Promise.all(Array.from({ length: connections }, turn))
    .finally(() => clearTimeout(clock))
    .then(() => {
      if (signal.aborted) throw signal.reason;
      const sorted = tally.ok.sort((a, b) => a - b);
      return {
        requests: sorted.length,
        timeouts: tally.late,
        errors: tally.bad,
        qps: sorted.length / (durationMs / 1000),
        p50Ms: nearestRank(sorted, 50),
        p99Ms: nearestRank(sorted, 99),
        maxMs: nearestRank(sorted, 100),
      };
    });
};
