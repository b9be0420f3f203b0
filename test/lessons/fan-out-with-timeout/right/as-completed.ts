// style: an async generator that yields jobs as they complete, the technique of Python's asyncio.as_completed
async function* asCompleted<T>(jobs: readonly Promise<T>[]): AsyncGenerator<T, void, undefined> {
  const slots = jobs.map(() => Promise.withResolvers<T>());
  let filled = 0;
  for (const job of jobs) {
    // The next one to complete, whichever it is, fills the next slot.
    void job.then((value) => slots[filled++]?.resolve(value));
  }
  for (const slot of slots) yield await slot.promise;
}

async function bodyOf(url: string, signal: AbortSignal): Promise<{ body?: string }> {
  try {
    const response = await fetch(url, { signal });
    if (response.ok) return { body: await response.text() };
    await response.body?.cancel();
  } catch {
    // counts as completed, with nothing to show
  }
  return {};
}

export async function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  if (signal.aborted) return { results: [], error: signal.reason };

  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException("late", "TimeoutError")), timeoutMs);
  const scope = AbortSignal.any([signal, deadline.signal]);

  const results: string[] = [];
  for await (const { body } of asCompleted(urls.map((url) => bodyOf(url, scope)))) {
    if (body !== undefined) results.push(body);
  }
  clearTimeout(timer);
  return { results, error: scope.aborted ? scope.reason : undefined };
}
