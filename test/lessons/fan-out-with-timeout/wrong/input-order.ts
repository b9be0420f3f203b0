// diagnosis: order-lost - "results belong in the order of the URLs, as Promise.all gives them"
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
  if (signal.aborted) return { results: [], error: signal.reason };
  if (urls.length === 0) return { results: [], error: undefined };

  const until = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const slots: string[][] = urls.map(() => []);
  const keep = (index: number, bodies: string[]): void => {
    if (!until.aborted) slots[index] = bodies;
  };
  const everything = Promise.all(urls.map((url, i) => readBody(url, until).then((bodies) => keep(i, bodies), noop)));

  await Promise.race([everything, whenAborted(until)]);
  return { results: slots.flat(), error: until.aborted ? until.reason : undefined };
}
