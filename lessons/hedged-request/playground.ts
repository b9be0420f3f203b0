/**
 * All endpoints are replicas of one service. The first is asked, then the next ones while nobody has answered, a third of
 * the deadline apart; at most `limit` attempts, or one for each replica if there are fewer.
 */
export async function main({ urls, signal, deadlineMs, limit }: Scenario): Promise<string> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException("too late", "TimeoutError")), deadlineMs);
  const ask = async (own: AbortSignal, attempt: number): Promise<string> => {
    const response = await fetch(urls[attempt - 1] ?? "", { signal: own });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`${response.url} answered ${response.status}`);
    }
    return response.text();
  };
  try {
    return await hedge(ask, {
      hedgeAfterMs: Math.ceil(deadlineMs / 3),
      maxAttempts: Math.max(1, Math.min(limit, urls.length)),
      signal: AbortSignal.any([signal, deadline.signal]),
    });
  } finally {
    clearTimeout(timer);
  }
}
