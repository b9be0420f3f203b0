/**
 * Each endpoint is a partition with three messages, and handling one is asking its endpoint. `limit` bounds what is in flight,
 * and the deadline is that of each handler.
 */
export async function main({ urls, signal, deadlineMs, limit }: Scenario): Promise<string[]> {
  async function* log(): AsyncGenerator<Message> {
    for (let offset = 0; offset < 3; offset++) {
      for (const [partition, value] of urls.entries()) yield { partition, offset, value };
    }
  }
  const handler = async ({ value }: Message, asker: AbortSignal): Promise<void> => {
    const response = await fetch(value, { signal: asker });
    await response.text();
    if (!response.ok) throw new Error(`${value} answered ${response.status}`);
  };
  const next = await consume(log(), handler, { maxInFlight: limit, handlerTimeoutMs: deadlineMs, signal });
  signal.throwIfAborted();
  return urls.map((url, partition) => `${url}: next offset ${next.get(partition)}`);
}
