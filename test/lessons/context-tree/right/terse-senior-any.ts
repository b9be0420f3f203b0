// style: terse senior, AbortSignal.any
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

export function withCancel(parent: AbortSignal): Scope {
  const own = new AbortController();
  const cancel = (reason?: unknown) => own.abort(reason);
  return { signal: AbortSignal.any([own.signal, parent]), cancel, [Symbol.dispose]: () => cancel() };
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = withCancel(parent);
  if (scope.signal.aborted) return scope;
  const t = setTimeout(() => scope.cancel(new DOMException("timeout", "TimeoutError")), timeoutMs);
  scope.signal.addEventListener("abort", () => clearTimeout(t), { once: true });
  return scope;
}
