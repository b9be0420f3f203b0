// style: async/await with `using`, a deadline by AbortSignal.timeout, the end by comparing what has aborted first
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
  options.signal.throwIfAborted();
  const duration = AbortSignal.timeout(options.durationMs);
  const run = AbortSignal.any([options.signal, duration]);
  const tally = { latencies: [] as number[], timeouts: 0, errors: 0 };

  await Promise.all(
    Array.from({ length: options.connections }, async () => {
      while (!run.aborted) await once();
    }),
  );
  options.signal.throwIfAborted();

  async function once(): Promise<void> {
    const deadline = AbortSignal.timeout(options.timeoutMs);
    const signal = AbortSignal.any([run, deadline]);
    const sentAt = performance.now();
    const failed = await send(signal).then(
      () => false,
      () => true,
    );
    const took = performance.now() - sentAt;
    if (signal.aborted) {
      if (signal.reason === deadline.reason) tally.timeouts++;
    } else if (!failed) {
      tally.latencies.push(took);
    } else {
      tally.errors++;
      if (took < 1) await breath();
    }
  }

  async function breath(): Promise<void> {
    using timers = new DisposableStack();
    await new Promise<void>((resolve) => {
      timers.adopt(setTimeout(resolve, 1), clearTimeout);
      const wake = (): void => resolve();
      run.addEventListener("abort", wake);
      timers.defer(() => run.removeEventListener("abort", wake));
    });
  }

  const sorted = Float64Array.from(tally.latencies).sort();
  const value = (percent: number): number => sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? 0;
  return {
    requests: sorted.length,
    timeouts: tally.timeouts,
    errors: tally.errors,
    qps: sorted.length / (options.durationMs / 1000),
    p50Ms: value(50),
    p99Ms: value(99),
    maxMs: value(100),
  };
}
