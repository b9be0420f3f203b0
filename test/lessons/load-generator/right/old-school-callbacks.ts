// style: old-school callbacks, a counter of what is in flight, one promise constructor
interface Report {
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
): Promise<Report> {
  return new Promise<Report>(function (resolve, reject) {
    var caller = options.signal;
    if (caller.aborted) {
      reject(caller.reason);
      return;
    }
    var over = false;
    var open = options.connections;
    var timeouts = 0;
    var errors = 0;
    var times: number[] = [];
    var stops: (() => void)[] = [];
    var endTimer = setTimeout(stop, options.durationMs);
    caller.addEventListener("abort", stop);
    for (var i = 0; i < options.connections; i++) next();

    function stop(): void {
      over = true;
      clearTimeout(endTimer);
      caller.removeEventListener("abort", stop);
      stops.slice().forEach(function (one) {
        one();
      });
    }
    function remove(one: () => void): void {
      var at = stops.indexOf(one);
      if (at >= 0) stops.splice(at, 1);
    }
    function close(): void {
      open--;
      if (open > 0) return;
      if (caller.aborted) reject(caller.reason);
      else resolve(report());
    }
    function next(): void {
      if (over) {
        close();
        return;
      }
      var controller = new AbortController();
      var how: "running" | "late" | "cut" = "running";
      var began = performance.now();
      var timer = setTimeout(function () {
        if (how !== "running") return;
        how = "late";
        controller.abort();
      }, options.timeoutMs);
      function cut(): void {
        if (how !== "running") return;
        how = "cut";
        controller.abort();
      }
      stops.push(cut);
      function done(failed: boolean): void {
        var ms = performance.now() - began;
        clearTimeout(timer);
        remove(cut);
        if (how === "late") timeouts++;
        else if (how === "running" && failed) errors++;
        else if (how === "running") times.push(ms);
        if (failed && ms < 1 && !over) pause();
        else next();
      }
      send(controller.signal).then(
        function () {
          done(false);
        },
        function () {
          done(true);
        },
      );
    }
    function pause(): void {
      var timer = setTimeout(wake, 1);
      stops.push(wake);
      function wake(): void {
        clearTimeout(timer);
        remove(wake);
        next();
      }
    }
    function report(): Report {
      times.sort(function (a, b) {
        return a - b;
      });
      function at(percent: number): number {
        return times.length === 0 ? 0 : times[Math.ceil((percent / 100) * times.length) - 1]!;
      }
      return {
        requests: times.length,
        timeouts: timeouts,
        errors: errors,
        qps: (times.length * 1000) / options.durationMs,
        p50Ms: at(50),
        p99Ms: at(99),
        maxMs: times.length === 0 ? 0 : times[times.length - 1]!,
      };
    }
  });
}
