// diagnosis: never-settles - a script that throws has ended, and so has the promise
type Wait<T> = { attempt: number } | { ms: number };
type Answer<T> = { value: T } | { error: unknown } | undefined;

function* policy<T>(o: {
  maxAttempts: number;
  baseMs: number;
  maxDelayMs: number;
  isRetryable?: (error: unknown) => boolean;
}): Generator<Wait<T>, T, Answer<T>> {
  let attempt = 1;
  for (;;) {
    const answer = yield { attempt };
    if (answer && "value" in answer) return answer.value;
    const error = answer?.error;
    if (attempt === o.maxAttempts || (o.isRetryable && !o.isRetryable(error))) throw error;
    yield { ms: Math.random() * Math.min(o.maxDelayMs, o.baseMs * 2 ** (attempt - 1)) };
    attempt++;
  }
}

export const retry = <T>(
  operation: (attempt: number, signal: AbortSignal) => Promise<T>,
  options: {
    maxAttempts: number;
    baseMs: number;
    maxDelayMs: number;
    signal: AbortSignal;
    isRetryable?: (error: unknown) => boolean;
  },
): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    const { signal } = options;
    if (signal.aborted) return reject(signal.reason);
    const script = policy<T>(options);
    let timer: ReturnType<typeof setTimeout>;
    const off = () => signal.removeEventListener("abort", onAbort);
    const onAbort = () => {
      off();
      clearTimeout(timer);
      reject(signal.reason);
    };
    const step = (answer?: Answer<T>): void => {
      if (signal.aborted) return;
      try {
        const { done, value } = script.next(answer);
        if (done) {
          off();
          resolve(value);
        } else if ("ms" in value) {
          timer = setTimeout(() => step(), value.ms);
          if (signal.aborted) clearTimeout(timer);
        } else {
          operation(value.attempt, signal).then(
            (value) => step({ value }),
            (error: unknown) => step({ error }),
          );
        }
      } catch (error) {
        off();
        if (signal.aborted) reject(error);
      }
    };
    signal.addEventListener("abort", onAbort);
    step();
  });
