// diagnosis: wrong-result, reason-replaced - an Error whose name is AbortError is the same as the platform's DOMException
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

class AbortError extends Error {
  override name = "AbortError";
}

export function withCancel(parent: AbortSignal): Scope {
  const own = new AbortController();
  const cancel = (reason: unknown = new AbortError("the scope was cancelled")) => own.abort(reason);
  return { signal: AbortSignal.any([parent, own.signal]), cancel, [Symbol.dispose]: () => cancel() };
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = withCancel(parent);
  if (scope.signal.aborted) return scope;
  const timer = setTimeout(() => scope.cancel(new DOMException("deadline exceeded", "TimeoutError")), timeoutMs);
  scope.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return scope;
}
