/** Asks every endpoint three times, `limit` requests at a time, within the scenario's deadline. */
export async function main({ urls, signal, deadlineMs, limit }: Scenario): Promise<string[]> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException("too late", "TimeoutError")), deadlineMs);
  const scope = AbortSignal.any([signal, deadline.signal]);
  const ask = async (url: string, asker: AbortSignal): Promise<string> => {
    const response = await fetch(url, { signal: asker });
    return response.text();
  };
  try {
    return await mapLimit([...urls, ...urls, ...urls], limit, ask, { signal: scope });
  } finally {
    clearTimeout(timer);
  }
}
