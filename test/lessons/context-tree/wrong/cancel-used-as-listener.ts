// diagnosis: reason-replaced - the abort listener is called with the reason (it is called with the event)
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

export function withCancel(parent: AbortSignal): Scope {
  const controller = new AbortController();

  function cancel(reason?: unknown): void {
    parent.removeEventListener("abort", cancel);
    controller.abort(reason);
  }

  if (parent.aborted) controller.abort(parent.reason);
  else parent.addEventListener("abort", cancel, { once: true });

  return { signal: controller.signal, cancel, [Symbol.dispose]: () => cancel() };
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = withCancel(parent);
  if (scope.signal.aborted) return scope;
  const timer = setTimeout(() => {
    scope.cancel(new DOMException("deadline exceeded", "TimeoutError"));
  }, timeoutMs);
  scope.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return scope;
}
