// diagnosis: wrong-result - `using` in the function that makes the scope ends it when the caller is done (it ends at the return)
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

export function withCancel(parent: AbortSignal): Scope {
  const controller = new AbortController();
  const onParent = () => controller.abort(parent.reason);
  const cancel = (reason?: unknown) => {
    parent.removeEventListener("abort", onParent);
    controller.abort(reason);
  };
  if (parent.aborted) onParent();
  else parent.addEventListener("abort", onParent, { once: true });
  return { signal: controller.signal, cancel, [Symbol.dispose]: () => cancel() };
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  using scope = withCancel(parent);
  if (scope.signal.aborted) return scope;
  const timer = setTimeout(() => scope.cancel(new DOMException("deadline exceeded", "TimeoutError")), timeoutMs);
  scope.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return scope;
}
