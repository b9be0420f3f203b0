// style: the technique of p-wait-for and delay: one outer promise, a recursive async function inside, one tidy-up in finally
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort: (() => void) | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(resolve, ms);
      onAbort = () => reject(signal?.reason);
      signal?.addEventListener("abort", onAbort);
    });
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener("abort", onAbort);
  }
}

export async function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  { everyMs, signal }: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  signal.throwIfAborted();
  let onAbort: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      let over = false;
      onAbort = () => {
        over = true;
        reject(signal.reason);
      };
      signal.addEventListener("abort", onAbort, { once: true });
      const look = async (): Promise<void> => {
        try {
          const answer = await check(signal);
          if (over) return;
          if (answer === undefined) timer = setTimeout(() => void look(), everyMs);
          else resolve(answer);
        } catch (error) {
          reject(error);
        }
      };
      void look();
    });
  } finally {
    clearTimeout(timer);
    if (onAbort) signal.removeEventListener("abort", onAbort);
  }
}
