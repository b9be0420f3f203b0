/** Fans out to every endpoint, with the scenario's deadline and the caller's signal. */
export async function main({ urls, signal, deadlineMs }: Scenario): Promise<string[]> {
  const { results, error } = await fanOutFetch(urls, { timeoutMs: deadlineMs, signal });
  if (results.length === 0 && error !== undefined) throw error;
  return results;
}
