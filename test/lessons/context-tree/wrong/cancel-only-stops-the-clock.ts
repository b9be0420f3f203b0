// diagnosis: never-settles, work-still-running, wrong-result - cancelling a timeout means that the deadline no longer counts
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

export function withCancel(parent: AbortSignal): Scope {
  const own = new AbortController();
  const cancel = (reason?: unknown) => own.abort(reason);
  return { signal: AbortSignal.any([parent, own.signal]), cancel, [Symbol.dispose]: () => cancel() };
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = withCancel(parent);
  if (scope.signal.aborted) return scope;

  const timer = setTimeout(() => scope.cancel(new DOMException("deadline exceeded", "TimeoutError")), timeoutMs);
  const stop = () => clearTimeout(timer);
  scope.signal.addEventListener("abort", stop, { once: true });
  return { signal: scope.signal, cancel: stop, [Symbol.dispose]: stop };
}
