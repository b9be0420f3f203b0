// diagnosis: timer-still-armed - a timer that fires on an ended scope does nothing, so it need not be cleared
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
  const scope = withCancel(parent);
  if (!scope.signal.aborted) {
    const timer = setTimeout(() => scope.cancel(new DOMException("deadline exceeded", "TimeoutError")), timeoutMs);
    // The parent's end makes the deadline pointless.
    scope.signal.addEventListener("abort", () => parent.aborted && clearTimeout(timer), { once: true });
  }
  return scope;
}
