// style: callbacks and a countdown; whoever ends it first closes the books and aborts what is left
export function fanOutFetch(
  urls: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  return new Promise((resolve) => {
    const results: string[] = [];
    if (signal.aborted) {
      resolve({ results, error: signal.reason });
      return;
    }

    const scope = new AbortController();
    let remaining = urls.length;
    let open = true;

    const end = (error: unknown) => {
      if (!open) return;
      open = false;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      scope.abort(error); // requests in flight, and the unread bodies of answers that were no use
      resolve({ results, error });
    };
    const onAbort = () => end(signal.reason);
    const timer = setTimeout(() => end(new DOMException("The operation timed out.", "TimeoutError")), timeoutMs);
    signal.addEventListener("abort", onAbort);

    const oneLess = () => {
      remaining -= 1;
      if (remaining === 0) end(undefined);
    };
    const onBody = (body: string) => {
      if (open) results.push(body);
      oneLess();
    };
    const onResponse = (response: Response) => {
      if (response.ok) response.text().then(onBody, oneLess);
      else oneLess();
    };

    if (remaining === 0) end(undefined);
    for (const url of urls) fetch(url, { signal: scope.signal }).then(onResponse, oneLess);
  });
}
