/** Everything together has until the deadline, and each request half of that; whoever gives up takes along what is below. */
export async function main({ urls, signal, deadlineMs }: Scenario): Promise<string[]> {
  const results: string[] = [];
  using whole = withTimeout(signal, deadlineMs);
  await Promise.all(
    urls.map(async (url) => {
      using one = withTimeout(whole.signal, deadlineMs / 2);
      try {
        const response = await fetch(url, { signal: one.signal });
        results.push(await response.text());
      } catch {
        // Too slow, failed or cancelled: it contributes nothing.
      }
    }),
  );
  signal.throwIfAborted();
  return results;
}
