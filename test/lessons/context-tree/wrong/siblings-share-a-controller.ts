// diagnosis: one-cancels-all, wrong-result - one child controller per parent saves listeners
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

const childOf = new WeakMap<AbortSignal, AbortController>();

function childController(parent: AbortSignal): AbortController {
  let child = childOf.get(parent);
  if (child === undefined || child.signal.aborted) {
    child = new AbortController();
    childOf.set(parent, child);
  }
  return child;
}

export function withCancel(parent: AbortSignal): Scope {
  const own = childController(parent);
  return {
    signal: AbortSignal.any([parent, own.signal]),
    cancel: (reason) => own.abort(reason),
    [Symbol.dispose]: () => own.abort(),
  };
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = withCancel(parent);
  if (scope.signal.aborted) return scope;
  const timer = setTimeout(() => scope.cancel(new DOMException("deadline exceeded", "TimeoutError")), timeoutMs);
  scope.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return scope;
}
