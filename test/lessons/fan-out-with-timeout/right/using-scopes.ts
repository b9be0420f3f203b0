// style: `using` declarations for the deadline and for the link to the caller
function deadline(ms: number, controller: AbortController): Disposable {
  const timer = setTimeout(() => {
    controller.abort(new DOMException("The deadline has passed", "TimeoutError"));
  }, ms);
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}

function link(parent: AbortSignal, controller: AbortController): Disposable {
  const forward = () => controller.abort(parent.reason);
  parent.addEventListener("abort", forward);
  return { [Symbol.dispose]: () => parent.removeEventListener("abort", forward) };
}

export async function fanOutFetch(
  urls: readonly string[],
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  if (options.signal.aborted) return { results: [], error: options.signal.reason };
  if (urls.length === 0) return { results: [], error: undefined };

  const controller = new AbortController();
  const { signal } = controller;
  using _deadline = deadline(options.timeoutMs, controller);
  using _link = link(options.signal, controller);

  const results: string[] = [];
  const one = async (url: string): Promise<void> => {
    const response = await fetch(url, { signal });
    if (!response.ok) {
      response.body?.cancel().catch(() => {});
      return;
    }
    const body = await response.text();
    if (!signal.aborted) results.push(body);
  };

  await new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
    void Promise.allSettled(urls.map(one)).then(() => resolve());
  });
  return { results, error: signal.aborted ? signal.reason : undefined };
}
