// diagnosis: wrong-result, reason-replaced - "an abort by a timer is a TimeoutError of its own accord"
async function* arrivals(urls: readonly string[], signal: AbortSignal): AsyncGenerator<string, void, void> {
  const ready: string[] = [];
  let pending = urls.length;
  let wake = () => {};

  const load = async (url: string) => {
    try {
      const response = await fetch(url, { signal });
      if (response.ok) ready.push(await response.text());
      else response.body?.cancel().catch(() => {});
    } catch {
      // nothing from this one
    } finally {
      pending -= 1;
      wake();
    }
  };

  signal.addEventListener("abort", () => wake());
  for (const url of urls) void load(url);

  while (true) {
    while (ready.length > 0) yield ready.shift() as string;
    if (pending === 0 || signal.aborted) return;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}

export async function fanOutFetch(
  urls: readonly string[],
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  const parent = options.signal;
  if (parent.aborted) return { results: [], error: parent.reason };

  const run = new AbortController();
  const follow = () => run.abort(parent.reason);
  parent.addEventListener("abort", follow, { once: true });
  const timer = setTimeout(() => run.abort(), options.timeoutMs);

  const results: string[] = [];
  try {
    for await (const body of arrivals(urls, run.signal)) results.push(body);
    return { results, error: run.signal.aborted ? run.signal.reason : undefined };
  } finally {
    clearTimeout(timer);
    parent.removeEventListener("abort", follow);
  }
}
