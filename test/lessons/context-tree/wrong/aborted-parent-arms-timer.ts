// diagnosis: timer-still-armed, aborted-signal-unchecked - the abort listener that clears the timer also covers a scope that was born aborted
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
  const timer = setTimeout(() => scope.cancel(new DOMException("deadline exceeded", "TimeoutError")), timeoutMs);
  scope.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return scope;
}
