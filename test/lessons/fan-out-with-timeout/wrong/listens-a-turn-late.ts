// diagnosis: late-after-abort, abort-swallowed, deadline-missed, signal-not-passed-on - nothing can happen between the check and the first await
export async function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  const results: string[] = [];
  // An aborted signal fires no event any more, so it has to be asked.
  if (signal.aborted) return { results, error: signal.reason };

  // A timer of our own rather than AbortSignal.timeout: this one can be let go when the answers are in.
  await null;
  const deadline = new AbortController();
  const timer = setTimeout(
    () => deadline.abort(new DOMException(`not complete within ${timeoutMs} ms`, "TimeoutError")),
    timeoutMs,
  );
  // Aborts with the reason of whichever came first, and leaves no listener on the caller's signal.
  const both = new AbortController();
  const follow = (): void => both.abort(signal.reason);
  signal.addEventListener("abort", follow);
  deadline.signal.addEventListener("abort", () => both.abort(deadline.signal.reason));
  const scope = both.signal;

  // Never rejects: one server's trouble is no concern of the others.
  async function collect(url: string): Promise<void> {
    try {
      const response = await fetch(url, { signal: scope }); // the headers are in; the body is still on its way
      if (response.ok) results.push(await response.text());
      else await response.body?.cancel(); // an unread body would go on holding its connection
    } catch {
      // Failed or aborted: it contributes nothing. Whether it was an abort is the scope's to say, not this error's.
    }
  }

  try {
    // This also ends an aborted fan-out at once, since the abort rejects every request and every body in flight.
    // And because all have ended, nobody is left who could still push to `results`.
    await Promise.all(urls.map(collect));
    return { results, error: scope.aborted ? scope.reason : undefined };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", follow);
  }
}
