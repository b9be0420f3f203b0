// style: promise chains, Promise.any over one promise for each attempt that may be, each started by the one before it
export function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  const { signal } = options;
  if (signal.aborted) return Promise.reject(signal.reason);

  const places = Array.from({ length: options.maxAttempts }, () => ({
    result: Promise.withResolvers<T>(),
    controller: new AbortController(),
  }));
  let next = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;

  function launch(): void {
    clearTimeout(timer);
    const place = places[next++];
    if (place === undefined || over) return;
    if (next < places.length) timer = setTimeout(launch, options.hedgeAfterMs);
    operation(place.controller.signal, next).then(
      (value) => {
        finish(place.controller);
        place.result.resolve(value);
      },
      (error: unknown) => {
        place.result.reject(error);
        if (!over && next < places.length) launch();
      },
    );
  }

  function finish(winner?: AbortController): void {
    if (over) return;
    over = true;
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    for (const { controller } of places) if (controller !== winner) controller.abort();
  }

  const caller = Promise.withResolvers<never>();
  function onAbort(): void {
    finish();
    caller.reject(signal.reason);
  }
  signal.addEventListener("abort", onAbort);

  const first = Promise.any(places.map(({ result }) => result.promise));
  launch();
  return Promise.race([caller.promise, first]).finally(() => finish());
}
