// diagnosis: listener-left-on-signal - { once: true } takes the listener off the parent
// seen in anthropics/anthropic-sdk-typescript PR #895

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function createScope(parent: AbortSignal): Scope {
  const controller = new AbortController();

  if (parent.aborted) {
    controller.abort(parent.reason);
  } else {
    parent.addEventListener("abort", () => controller.abort(parent.reason), { once: true });
  }

  return {
    signal: controller.signal,
    cancel: (reason) => controller.abort(reason),
    [Symbol.dispose]: () => controller.abort(),
  };
}

export function withCancel(parent: AbortSignal): Scope {
  return createScope(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = createScope(parent);
  if (scope.signal.aborted) return scope;

  const timer = setTimeout(() => {
    scope.cancel(new DOMException(`Deadline of ${timeoutMs} ms exceeded`, "TimeoutError"));
  }, timeoutMs);
  scope.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return scope;
}
