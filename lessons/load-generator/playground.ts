/**
 * Loads all endpoints in turn over `limit` connections for three times the deadline. `deadlineMs` is the deadline of each
 * request; one that answers with an error status has failed. The report is printed and returned.
 */
export async function main({ urls, signal, deadlineMs, limit }: Scenario): Promise<string[]> {
  let turn = 0;
  const send = async (asker: AbortSignal): Promise<void> => {
    const response = await fetch(urls[turn++ % urls.length]!, { signal: asker });
    await response.text();
    if (!response.ok) throw new Error(`status ${response.status}`);
  };
  const report = await runLoad(send, {
    connections: limit,
    durationMs: 3 * deadlineMs,
    timeoutMs: deadlineMs,
    signal,
  });
  const lines = Object.entries(report).map(([name, value]) => `${name} ${Math.round(value * 10) / 10}`);
  console.log(lines.join(", "));
  return lines;
}
