// Reads the bodies by hand, chunk by chunk, under AbortSignal.any and AbortSignal.timeout.
export async function fanOutFetch(
  urls: readonly string[],
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  const { signal, timeoutMs } = options;
  const results: string[] = [];
  if (signal.aborted) return { results, error: signal.reason };
  if (urls.length === 0) return { results, error: undefined };
  const scope = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);

  async function read(response: Response): Promise<string> {
    if (response.body === null) return "";
    const decoder = new TextDecoder();
    let text = "";
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
    }
  }

  const pending = urls.map(async (url) => {
    let response: Response;
    try {
      response = await fetch(url, { signal: scope });
    } catch {
      return;
    }
    if (!response.ok) {
      await response.body?.cancel().catch(() => undefined);
      return;
    }
    try {
      results.push(await read(response));
    } catch {
      return;
    }
  });
  await Promise.all(pending);
  return { results, error: scope.aborted ? (scope.reason as unknown) : undefined };
}
