/**
 * Asks every endpoint, with no more than `limit` requests at a time, and returns what has arrived by the deadline. Change
 * it, or move the sliders: it runs at once, once in full and a thousand times for the distributions.
 */
export async function main({ urls, signal, deadlineMs, limit }: Scenario): Promise<string[]> {
  const results: string[] = [];
  const waiting = [...urls];
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException("too late", "TimeoutError")), deadlineMs);
  const scope = AbortSignal.any([signal, deadline.signal]);

  async function worker(): Promise<void> {
    for (let url = waiting.shift(); url !== undefined && !scope.aborted; url = waiting.shift()) {
      try {
        const response = await fetch(url, { signal: scope });
        results.push(await response.text());
      } catch {
        // Failed or aborted: this endpoint contributes nothing.
      }
    }
  }

  await Promise.all(Array.from({ length: limit }, worker));
  clearTimeout(timer);
  signal.throwIfAborted();
  return results;
}
