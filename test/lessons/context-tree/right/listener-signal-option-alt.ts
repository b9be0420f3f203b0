// style: listener tied to the own signal by the `signal` option; an aborted parent is its own child
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

export function withCancel(parent: AbortSignal): Scope {
  if (parent.aborted) return { signal: parent, cancel: () => {}, [Symbol.dispose]: () => {} };
  const own = new AbortController();
  parent.addEventListener("abort", () => own.abort(parent.reason), { signal: own.signal });
  return { signal: own.signal, cancel: (reason) => own.abort(reason), [Symbol.dispose]: () => own.abort() };
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = withCancel(parent);
  if (scope.signal.aborted) return scope;
  const timer = setTimeout(() => scope.cancel(new DOMException("too late", "TimeoutError")), timeoutMs);
  scope.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return scope;
}
