// diagnosis: aborted-signal-unchecked, late-after-abort - an abort that has happened fires its event for late listeners, too
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const id = setTimeout(() => finish(resolve), ms);
    const abort = () => finish(() => reject(signal?.reason));
    signal?.addEventListener("abort", abort);
    function finish(how: () => void) {
      clearTimeout(id);
      signal?.removeEventListener("abort", abort);
      how();
    }
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
  for (;;) {
    signal.throwIfAborted();
    const answer = await unlessAborted(check(signal), signal);
    if (answer !== undefined) return answer;
    await unlessAborted(Promise.resolve(), signal);
    await sleep(everyMs, signal);
  }
}
