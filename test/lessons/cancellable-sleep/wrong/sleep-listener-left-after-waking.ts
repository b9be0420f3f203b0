// diagnosis: listener-left-on-signal - a listener on a signal costs nothing when it never fires
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", function onAbort() {
      signal.removeEventListener("abort", onAbort);
      clearTimeout(timer);
      reject(signal.reason);
    });
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
  if (signal.aborted) throw signal.reason;
  let answer = await unlessAborted(check(signal), signal);
  while (answer === undefined) {
    // a private signal for each pause, so that nothing is hung on the given one
    const pause = new AbortController();
    const stop = () => pause.abort(signal.reason);
    signal.addEventListener("abort", stop);
    await sleep(everyMs, pause.signal).finally(() => signal.removeEventListener("abort", stop));
    answer = await unlessAborted(check(signal), signal);
  }
  return answer;
}
