// style: AbortSignal.any follows the parent, a plain timer keeps the deadline

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

export function withCancel(parent: AbortSignal): Scope {
  const own = new AbortController();
  return {
    signal: AbortSignal.any([parent, own.signal]),
    cancel: (reason) => own.abort(reason),
    [Symbol.dispose]: () => own.abort(),
  };
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = withCancel(parent);
  if (!scope.signal.aborted) {
    const timer = setTimeout(() => {
      scope.cancel(new DOMException(`Timed out after ${timeoutMs} ms`, "TimeoutError"));
    }, timeoutMs);
    // AbortSignal.timeout would be shorter, but nobody can disarm it.
    scope.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  }
  return scope;
}
