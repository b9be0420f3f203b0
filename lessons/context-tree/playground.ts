/** Everything together has until the deadline, and each request half of that; whoever gives up takes along what is below. */
export async function main({ urls, signal, deadlineMs }: Scenario): Promise<string[]> {
  const results: string[] = [];
  const whole = withTimeout(signal, deadlineMs);
  const ask = async (url: string): Promise<void> => {
    const one = withTimeout(whole.signal, deadlineMs / 2);
    try {
      const response = await fetch(url, { signal: one.signal });
      results.push(await response.text());
    } catch {
      // Too slow, failed or cancelled: it contributes nothing.
    } finally {
      one.cancel();
    }
  };
  await Promise.all(urls.map(ask));
  whole.cancel();
  signal.throwIfAborted();
  return results;
}
