// style: Promise.withResolvers and a promise chain; the parent is followed by AbortSignal.any
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

export function withCancel(parent: AbortSignal): Scope {
  const own = new AbortController();
  return {
    signal: AbortSignal.any([parent, own.signal]),
    cancel: (reason?: unknown) => own.abort(reason),
    [Symbol.dispose]: () => own.abort(),
  };
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = withCancel(parent);
  if (scope.signal.aborted) return scope;

  const { promise: outcome, resolve: settle } = Promise.withResolvers<"deadline" | "ended">();
  const timer = setTimeout(() => settle("deadline"), timeoutMs);
  scope.signal.addEventListener(
    "abort",
    () => {
      clearTimeout(timer);
      settle("ended");
    },
    { once: true },
  );
  void outcome.then((what) => {
    if (what === "deadline") scope.cancel(new DOMException("The operation timed out.", "TimeoutError"));
  });
  return scope;
}
