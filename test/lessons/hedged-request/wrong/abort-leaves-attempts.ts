// diagnosis: work-still-running, signal-not-passed-on - an abort only concerns the one who waits
type Slot<T> = { readonly controller: AbortController; readonly start: () => void; readonly result: Promise<T> };

export function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  const { hedgeAfterMs, maxAttempts, signal } = options;
  if (signal.aborted) return Promise.reject(signal.reason);

  let started = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const startNext = (): void => {
    clearTimeout(timer);
    if (closed || started === maxAttempts) return;
    const slot = slots[started++];
    if (started < maxAttempts) timer = setTimeout(startNext, hedgeAfterMs);
    slot.start();
  };

  const slots = Array.from({ length: maxAttempts }, (_, index): Slot<T> => {
    const controller = new AbortController();
    let start = (): void => {};
    const result = new Promise<T>((resolve, reject) => {
      start = () => {
        operation(controller.signal, index + 1).then(resolve, (error) => {
          reject(error);
          startNext();
        });
      };
    });
    return { controller, start: () => start(), result };
  });

  const stop = (reason: unknown, except?: Slot<T>): void => {
    closed = true;
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    for (const slot of slots) if (slot !== except) slot.controller.abort(reason);
  };

  let giveUp: (reason: unknown) => void;
  const aborted = new Promise<never>((_, reject) => (giveUp = reject));
  const onAbort = (): void => {
    closed = true;
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    giveUp(signal.reason);
  };

  const first = Promise.any(slots.map((slot) => slot.result.then((value) => ({ slot, value })))).then(
    ({ slot, value }) => {
      stop(new DOMException("not needed any more", "AbortError"), slot);
      return value;
    },
    (error: AggregateError) => {
      stop(error);
      throw error;
    },
  );

  signal.addEventListener("abort", onAbort);
  startNext();
  return Promise.race([aborted, first]);
}
