// style: async/await: the deadline is an async function that sleeps under the scope itself

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const wake = (): void => {
      signal.removeEventListener("abort", giveUp);
      resolve();
    };
    const giveUp = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(wake, ms);
    signal.addEventListener("abort", giveUp, { once: true });
  });
}

export function withCancel(parent: AbortSignal): Scope {
  const own = new AbortController();
  const follow = (): void => own.abort(parent.reason);
  if (parent.aborted) {
    follow();
  } else {
    // Registered before anyone else can listen: by the time others hear of the end, the parent is free.
    own.signal.addEventListener("abort", () => parent.removeEventListener("abort", follow), { once: true });
    parent.addEventListener("abort", follow, { once: true });
  }
  return { signal: own.signal, cancel: (reason) => own.abort(reason), [Symbol.dispose]: () => own.abort() };
}

async function keepDeadline(scope: Scope, timeoutMs: number): Promise<void> {
  try {
    await sleep(timeoutMs, scope.signal);
  } catch {
    return; // the scope ended first; its reason is on the signal, and there is nobody here to tell
  }
  scope.cancel(new DOMException(`No answer within ${timeoutMs} ms`, "TimeoutError"));
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = withCancel(parent);
  if (!scope.signal.aborted) void keepDeadline(scope, timeoutMs);
  return scope;
}
