// diagnosis: late-after-abort, listener-left-on-signal, timer-still-armed, deadline-missed, wrong-result, never-settles - whoever rests leaves the list, whoever is taken out
const sleepers = new WeakMap<AbortSignal, { readonly wakers: (() => void)[]; readonly onAbort: () => void }>();

function crowd(signal: AbortSignal): { readonly wakers: (() => void)[]; readonly onAbort: () => void } {
  let known = sleepers.get(signal);
  if (known === undefined) {
    const wakers: (() => void)[] = [];
    known = { wakers, onAbort: () => wakers.splice(0).forEach((wake) => wake()) };
    sleepers.set(signal, known);
  }
  return known;
}

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const wake = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      resolve();
      if (signal === undefined) return;
      const { wakers, onAbort } = crowd(signal);
      const place = wakers.indexOf(wake);
      const last = wakers.pop();
      if (last !== undefined && place > 0) wakers[place] = last;
      if (wakers.length === 0) signal.removeEventListener("abort", onAbort);
    }, ms);
    if (signal === undefined) return;
    const { wakers, onAbort } = crowd(signal);
    wakers.push(wake);
    signal.addEventListener("abort", onAbort);
  });
}

export async function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  options: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  const { everyMs, signal } = options;
  signal.throwIfAborted();
  for (;;) {
    const answer = await unlessAborted(signal, () => check(signal));
    if (answer !== undefined) return answer;
    await sleep(everyMs, signal);
  }
}

function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(signal.reason);
    };
    signal.addEventListener("abort", leave, { once: true });
    work().then(
      (value) => {
        signal.removeEventListener("abort", leave);
        resolve(value);
      },
      (error: unknown) => {
        signal.removeEventListener("abort", leave);
        reject(error);
      },
    );
  });
}
