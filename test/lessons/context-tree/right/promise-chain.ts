// style: promise chain: one promise says why the scope ended, and tidying up hangs on it

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function build(parent: AbortSignal, startClock: (expire: (reason: unknown) => void) => () => void): Scope {
  const controller = new AbortController();
  const { promise: ended, resolve: markEnded } = Promise.withResolvers<void>();

  const end = (reason: unknown): void => {
    controller.abort(reason);
    markEnded();
  };

  if (parent.aborted) {
    end(parent.reason);
  } else {
    const follow = (): void => end(parent.reason);
    parent.addEventListener("abort", follow);
    const stopClock = startClock(end);
    // Not in the same breath as the abort, but before time can move on.
    void ended.then(() => parent.removeEventListener("abort", follow)).then(stopClock);
  }

  return { signal: controller.signal, cancel: end, [Symbol.dispose]: () => end(undefined) };
}

export function withCancel(parent: AbortSignal): Scope {
  return build(parent, () => () => undefined);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return build(parent, (expire) => {
    const timer = setTimeout(expire, timeoutMs, new DOMException("Deadline reached", "TimeoutError"));
    return () => clearTimeout(timer);
  });
}
