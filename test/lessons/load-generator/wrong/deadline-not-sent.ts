// diagnosis: signal-not-passed-on, deadline-missed - it is enough to count a late request as a timeout
interface LoadResult {
  requests: number;
  timeouts: number;
  errors: number;
  qps: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

export function runLoad(
  send: (signal: AbortSignal) => Promise<void>,
  options: { connections: number; durationMs: number; timeoutMs: number; signal: AbortSignal },
): Promise<LoadResult> {
  return new Promise<LoadResult>((resolve, reject) => {
    if (options.signal.aborted) {
      reject(options.signal.reason);
      return;
    }

    const successLatencies: number[] = [];
    let numberOfTimeouts = 0;
    let numberOfErrors = 0;
    let runIsOver = false;
    const requestsInFlight = new Set<AbortController>();
    const restingTimers = new Set<ReturnType<typeof setTimeout>>();

    function computePercentile(sortedLatencies: number[], percent: number): number {
      if (sortedLatencies.length === 0) {
        return 0;
      }
      const rank = Math.ceil((percent * sortedLatencies.length) / 100);
      return sortedLatencies[rank - 1] as number;
    }

    function settleWhenNothingIsInFlight(): void {
      if (!runIsOver || requestsInFlight.size > 0) {
        return;
      }
      options.signal.removeEventListener("abort", handleCallerAbort);
      if (options.signal.aborted) {
        reject(options.signal.reason);
        return;
      }
      const sortedLatencies = [...successLatencies].sort((left, right) => left - right);
      resolve({
        requests: sortedLatencies.length,
        timeouts: numberOfTimeouts,
        errors: numberOfErrors,
        qps: sortedLatencies.length / (options.durationMs / 1000),
        p50Ms: computePercentile(sortedLatencies, 50),
        p99Ms: computePercentile(sortedLatencies, 99),
        maxMs: computePercentile(sortedLatencies, 100),
      });
    }

    function endRun(reason: unknown): void {
      if (runIsOver) {
        return;
      }
      runIsOver = true;
      clearTimeout(endTimer);
      for (const timer of restingTimers) {
        clearTimeout(timer);
      }
      restingTimers.clear();
      for (const controller of requestsInFlight) {
        controller.abort(reason);
      }
      settleWhenNothingIsInFlight();
    }

    function handleCallerAbort(): void {
      endRun(options.signal.reason);
    }

    function restThenSend(): void {
      const timer = setTimeout(() => {
        restingTimers.delete(timer);
        sendNext();
      }, 1);
      restingTimers.add(timer);
    }

    function sendNext(): void {
      if (runIsOver) {
        return;
      }
      const controller = new AbortController();
      requestsInFlight.add(controller);
      let deadlineStruck = false;
      const startTime = performance.now();
      const deadlineTimer = setTimeout(() => {
        deadlineStruck = true;
      }, options.timeoutMs);

      function handleEnd(hasSucceeded: boolean): void {
        const elapsedMs = performance.now() - startTime;
        clearTimeout(deadlineTimer);
        requestsInFlight.delete(controller);
        if (runIsOver) {
          settleWhenNothingIsInFlight();
          return;
        }
        if (deadlineStruck) {
          numberOfTimeouts += 1;
          sendNext();
        } else if (hasSucceeded) {
          successLatencies.push(elapsedMs);
          sendNext();
        } else {
          numberOfErrors += 1;
          if (elapsedMs < 1) {
            restThenSend();
          } else {
            sendNext();
          }
        }
      }

      send(controller.signal).then(
        () => handleEnd(true),
        () => handleEnd(false),
      );
    }

    const endTimer = setTimeout(() => {
      endRun(new DOMException("The run is over", "AbortError"));
    }, options.durationMs);
    options.signal.addEventListener("abort", handleCallerAbort);
    for (let index = 0; index < options.connections; index += 1) {
      sendNext();
    }
  });
}
