// style: a controller for each request, a set of those in flight, and a race that snapshots its outcome
interface Outcome {
  results: string[];
  error: unknown;
}

export async function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<Outcome> {
  if (signal.aborted) return { results: [], error: signal.reason };

  const arrived: string[] = [];
  const inFlight = new Set<AbortController>();
  const outcome = Promise.withResolvers<Outcome>();
  let stopped = false;

  const stop = (error: unknown) => {
    if (stopped) return;
    stopped = true;
    outcome.resolve({ results: arrived.slice(), error });
    for (const request of inFlight) request.abort(error);
  };
  const onAbort = () => stop(signal.reason);
  const timer = setTimeout(() => stop(new DOMException("out of time", "TimeoutError")), timeoutMs);
  signal.addEventListener("abort", onAbort);

  const collect = async (url: string) => {
    if (stopped) return; // a fetch before this one may have led the caller to abort
    const request = new AbortController();
    inFlight.add(request);
    try {
      const response = await fetch(url, { signal: request.signal });
      if (response.ok) arrived.push(await response.text());
      else request.abort();
    } catch {
      // nothing arrived
    } finally {
      inFlight.delete(request);
    }
  };

  void Promise.all(urls.map(collect)).then(() => stop(undefined));
  try {
    return await outcome.promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
