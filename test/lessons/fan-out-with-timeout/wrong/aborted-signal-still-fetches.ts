// diagnosis: aborted-signal-unchecked - "fetch refuses an aborted signal, so it need not be asked first"
type Options = { timeoutMs: number; signal: AbortSignal };
type Outcome = { results: string[]; error: unknown };

const noop = () => {};

const readBody = async (url: string, signal: AbortSignal): Promise<string[]> => {
  const response = await fetch(url, { signal });
  if (response.ok) return [await response.text()];
  void response.body?.cancel().catch(noop);
  return [];
};

const whenAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

export async function fanOutFetch(urls: readonly string[], { timeoutMs, signal }: Options): Promise<Outcome> {
  if (urls.length === 0) return { results: [], error: signal.aborted ? signal.reason : undefined };

  const until = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const arrived: string[] = [];
  const keep = (bodies: string[]): void => {
    if (!until.aborted) arrived.push(...bodies);
  };
  const everything = Promise.all(urls.map((url) => readBody(url, until).then(keep, noop)));

  await Promise.race([everything, whenAborted(until)]);
  return { results: [...arrived], error: until.aborted ? until.reason : undefined };
}
