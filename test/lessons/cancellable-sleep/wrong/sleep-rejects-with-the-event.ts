// diagnosis: reason-replaced - the reject function can be the listener itself
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.reject(signal.reason);
  let timer: ReturnType<typeof setTimeout>;
  let fail: (reason: unknown) => void;
  return new Promise<void>((resolve, reject) => {
    timer = setTimeout(resolve, ms);
    fail = reject;
    signal?.addEventListener("abort", fail);
  }).finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", fail);
  });
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw error;
  } finally {
    signal.removeEventListener("abort", onAbort!);
  }
}

export async function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  { everyMs, signal }: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  signal.throwIfAborted();
  let answer: T | undefined;
  while ((answer = await unlessAborted(check(signal), signal)) === undefined) {
    await unlessAborted(sleep(everyMs, signal), signal);
  }
  return answer;
}
