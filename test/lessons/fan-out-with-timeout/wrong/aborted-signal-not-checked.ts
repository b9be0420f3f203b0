// diagnosis: aborted-signal-unchecked, abort-swallowed - "the abort event also comes for a signal that aborted earlier"
type Outcome = { results: string[]; error: unknown };

export function fanOutFetch(
  urls: readonly string[],
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<Outcome> {
  const caller = options.signal;

  const arrived: string[] = [];
  const requests = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort = () => {};

  const cutShort = new Promise<Outcome>((resolve) => {
    const cut = (error: unknown) => {
      resolve({ results: arrived.slice(), error });
      requests.abort(error);
    };
    onAbort = () => cut(caller.reason);
    caller.addEventListener("abort", onAbort, { once: true });
    timer = setTimeout(() => cut(new DOMException("deadline exceeded", "TimeoutError")), options.timeoutMs);
  });

  const one = (url: string): Promise<void> =>
    fetch(url, { signal: requests.signal })
      .then((response) => {
        if (response.ok) return response.text();
        if (response.body) response.body.cancel().then(undefined, () => {});
        throw new Error(`${url} answered ${response.status}`);
      })
      .then(
        (body) => {
          arrived.push(body);
        },
        () => {},
      );

  // The work goes first only in the array: whichever settles first decides, and the loser is ignored.
  const complete = Promise.all(urls.map(one)).then((): Outcome =>
    requests.signal.aborted
      ? { results: arrived.slice(), error: requests.signal.reason }
      : { results: arrived.slice(), error: undefined },
  );

  return Promise.race([complete, cutShort]).finally(() => {
    clearTimeout(timer);
    caller.removeEventListener("abort", onAbort);
  });
}
