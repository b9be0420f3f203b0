// style: promise chains without async, a listener that is removed again
export function fanOutFetch(
  urls: readonly string[],
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  const { timeoutMs, signal } = options;
  const results: string[] = [];
  if (signal.aborted) return Promise.resolve({ results, error: signal.reason });

  const scope = new AbortController();
  const follow = () => scope.abort(signal.reason);
  signal.addEventListener("abort", follow);
  const timer = setTimeout(() => scope.abort(new DOMException("deadline exceeded", "TimeoutError")), timeoutMs);

  const jobs = urls.map((url) =>
    fetch(url, { signal: scope.signal })
      .then((response) =>
        response.ok ? response.text().then((body) => void results.push(body)) : response.body?.cancel(),
      )
      .catch(() => undefined),
  );

  return Promise.all(jobs)
    .then(() => ({ results, error: scope.signal.aborted ? scope.signal.reason : undefined }))
    .finally(() => {
      clearTimeout(timer);
      signal.removeEventListener("abort", follow);
    });
}
