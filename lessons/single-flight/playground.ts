/** Every endpoint is wanted by `limit` callers, one a few milliseconds after the other. Each of them has the deadline. */
export async function main({ urls, signal, deadlineMs, limit }: Scenario): Promise<string[]> {
  const flights = new SingleFlight<string, string>(async (url, asker) => {
    const response = await fetch(url, { signal: asker });
    return response.text();
  });
  const results: string[] = [];

  async function caller(url: string, place: number): Promise<void> {
    await new Promise<void>((resolve) => setTimeout(resolve, place * 5));
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(new DOMException("too late", "TimeoutError")), deadlineMs);
    try {
      results.push(await flights.get(url, AbortSignal.any([signal, deadline.signal])));
    } finally {
      clearTimeout(timer);
    }
  }

  const places = Array.from({ length: limit }, (_, place) => place);
  await Promise.allSettled(urls.flatMap((url) => places.map((place) => caller(url, place))));
  signal.throwIfAborted();
  return results;
}
