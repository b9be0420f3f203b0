// diagnosis: one-cancels-all, wrong-result - a scope below a scope can share its controller, the two end together anyway
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

const owners = new WeakMap<AbortSignal, AbortController>();

function follow(parent: AbortSignal): AbortController {
  const controller = new AbortController();
  owners.set(controller.signal, controller);
  if (parent.aborted) {
    controller.abort(parent.reason);
    return controller;
  }
  const onParent = () => controller.abort(parent.reason);
  parent.addEventListener("abort", onParent, { once: true });
  controller.signal.addEventListener("abort", () => parent.removeEventListener("abort", onParent), { once: true });
  return controller;
}

export function withCancel(parent: AbortSignal): Scope {
  const controller = owners.get(parent) ?? follow(parent);
  return {
    signal: controller.signal,
    cancel: (reason?: unknown) => controller.abort(reason),
    [Symbol.dispose]: () => controller.abort(),
  };
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = withCancel(parent);
  if (scope.signal.aborted) return scope;
  const timer = setTimeout(() => {
    scope.cancel(new DOMException(`no result after ${timeoutMs} ms`, "TimeoutError"));
  }, timeoutMs);
  scope.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return scope;
}
