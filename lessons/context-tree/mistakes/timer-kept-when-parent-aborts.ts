// diagnosis: timer-still-armed - every scope ends through its own cancel(), so that is where its timer is cleared

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

export function withCancel(parent: AbortSignal): Scope {
  const controller = new AbortController();
  const onParentAbort = () => controller.abort(parent.reason);

  if (parent.aborted) onParentAbort();
  else parent.addEventListener("abort", onParentAbort, { once: true });

  const cancel = (reason?: unknown) => {
    parent.removeEventListener("abort", onParentAbort);
    controller.abort(reason);
  };
  return { signal: controller.signal, cancel, [Symbol.dispose]: () => cancel() };
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = withCancel(parent);
  if (scope.signal.aborted) return scope;

  const timer = setTimeout(() => {
    scope.cancel(new DOMException(`Timed out after ${timeoutMs} ms`, "TimeoutError"));
  }, timeoutMs);

  const cancel = (reason?: unknown) => {
    clearTimeout(timer);
    scope.cancel(reason);
  };
  return { signal: scope.signal, cancel, [Symbol.dispose]: () => cancel() };
}
