// diagnosis: reason-replaced - an abort is an abort, nobody looks at why

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function openScope(parent: AbortSignal): Scope {
  const controller = new AbortController();
  const { signal } = controller;

  const stop = () => controller.abort();
  if (parent.aborted) {
    stop();
  } else {
    parent.addEventListener("abort", stop);
    signal.addEventListener("abort", () => parent.removeEventListener("abort", stop));
  }

  return { signal, cancel: (reason) => controller.abort(reason), [Symbol.dispose]: () => controller.abort() };
}

export function withCancel(parent: AbortSignal): Scope {
  return openScope(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = openScope(parent);
  if (!scope.signal.aborted) {
    const timer = setTimeout(() => scope.cancel(new DOMException("Timed out", "TimeoutError")), timeoutMs);
    scope.signal.addEventListener("abort", () => clearTimeout(timer));
  }
  return scope;
}
