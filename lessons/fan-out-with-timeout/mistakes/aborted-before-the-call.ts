// diagnosis: aborted-signal-unchecked - an abort listener also hears an abort that has already happened
// seen in nodejs/undici #475
export function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  const scope = new AbortController();
  const results: string[] = [];

  const onAbort = () => scope.abort(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(() => scope.abort(new DOMException("The deadline passed", "TimeoutError")), timeoutMs);

  const jobs = urls.map((url) =>
    fetch(url, { signal: scope.signal })
      .then(async (response) => {
        if (response.ok) results.push(await response.text());
        else await response.body?.cancel();
      })
      .catch(() => undefined),
  );

  return Promise.all(jobs).then(() => {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    return { results, error: scope.signal.aborted ? scope.signal.reason : undefined };
  });
}
