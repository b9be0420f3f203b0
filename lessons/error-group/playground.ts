/** Asks every endpoint in a task of its own, `limit` at a time. The first failure takes the others with it. */
export async function main({ urls, signal, deadlineMs, limit }: Scenario): Promise<string[]> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException("too late", "TimeoutError")), deadlineMs);
  const group = new ErrorGroup(AbortSignal.any([signal, deadline.signal]));
  group.setLimit(limit);
  const results: string[] = [];
  for (const url of urls) {
    group.go(async (asker) => {
      const response = await fetch(url, { signal: asker });
      if (!response.ok) throw new Error(`${url} answered ${response.status}`);
      results.push(await response.text());
    });
  }
  try {
    await group.wait();
    return results;
  } finally {
    clearTimeout(timer);
  }
}
