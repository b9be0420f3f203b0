// style: an async generator yields the beats of the poll, a loop reads them; abort is a third outcome, as a value
type Outcome<T> = { readonly value: T } | { readonly error: unknown };

function settle<T>(signal: AbortSignal | undefined, begin: (done: (outcome: Outcome<T>) => void) => () => void) {
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    let undo: (() => void) | undefined;
    const end = (outcome: Outcome<T>): void => {
      signal?.removeEventListener("abort", onAbort);
      undo?.();
      if ("value" in outcome) resolve(outcome.value);
      else reject(outcome.error);
    };
    const onAbort = (): void => end({ error: signal?.reason });
    signal?.addEventListener("abort", onAbort);
    undo = begin(end);
  });
}

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return settle<void>(signal, (done) => {
    const timer = setTimeout(() => done({ value: undefined }), ms);
    return () => clearTimeout(timer);
  });
}

async function* answers<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  everyMs: number,
  signal: AbortSignal,
): AsyncGenerator<T | undefined, never> {
  for (;;) {
    yield await settle<T | undefined>(signal, (done) => {
      check(signal).then(
        (value) => done({ value }),
        (error: unknown) => done({ error }),
      );
      return () => undefined;
    });
    await sleep(everyMs, signal);
  }
}

export async function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  { everyMs, signal }: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  for await (const answer of answers(check, everyMs, signal)) {
    if (answer !== undefined) return answer;
  }
  throw new Error("unreachable: the generator never returns");
}
