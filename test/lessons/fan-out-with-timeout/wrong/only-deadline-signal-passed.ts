// diagnosis: signal-not-passed-on, work-still-running - "the requests need the deadline; the caller's abort is answered by resolving"
export function fanOutFetch(
  urls: readonly string[],
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  const outcome = Promise.withResolvers<{ results: string[]; error: unknown }>();
  const { signal: caller, timeoutMs } = options;
  if (caller.aborted) {
    outcome.resolve({ results: [], error: caller.reason });
    return outcome.promise;
  }

  const deadline = new AbortController();
  const both = AbortSignal.any([caller, deadline.signal]);
  const bodies: string[] = [];

  const timer = setTimeout(
    () => deadline.abort(new DOMException(`Not finished after ${timeoutMs} ms`, "TimeoutError")),
    timeoutMs,
  );
  const settle = (error: unknown) => {
    clearTimeout(timer);
    outcome.resolve({ results: [...bodies], error });
  };
  both.addEventListener("abort", () => settle(both.reason), { once: true });

  const request = async (url: string) => {
    const own = new AbortController();
    const response = await fetch(url, { signal: AbortSignal.any([deadline.signal, own.signal]) });
    if (!response.ok) {
      own.abort();
      return;
    }
    const body = await response.text();
    bodies.push(body);
  };

  void Promise.allSettled(urls.map(request)).then(() => {
    if (both.aborted) settle(both.reason);
    else settle(undefined);
  });
  return outcome.promise;
}
