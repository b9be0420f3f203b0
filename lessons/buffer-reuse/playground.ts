/**
 * Each answer is decoded in a buffer from a pool that keeps at most `limit`. What is returned has been copied out of the
 * buffer: a view of it would change as soon as the next answer is decoded there.
 */
export async function main({ urls, signal, deadlineMs, limit }: Scenario): Promise<string[]> {
  const pool = new BufferPool({ size: 256, maxPooled: limit });
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException("too late", "TimeoutError")), deadlineMs);
  const scope = AbortSignal.any([signal, deadline.signal]);
  const results: string[] = [];

  async function ask(url: string): Promise<void> {
    const response = await fetch(url, { signal: scope });
    const text = await response.text();
    const copied = await pool.use(async (buffer) => {
      const bytes = new TextEncoder().encode(text).subarray(0, buffer.length);
      buffer.set(bytes);
      return new TextDecoder().decode(buffer.subarray(0, bytes.length));
    });
    results.push(copied);
  }

  await Promise.allSettled(urls.map(ask));
  clearTimeout(timer);
  signal.throwIfAborted();
  const { created, pooled } = pool.stats;
  console.log(`${created} created, ${pooled} pooled`);
  return results;
}
