// diagnosis: listener-left-on-signal - after the deadline there is nothing left to clean up, the timer is gone
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

export function withCancel(parent: AbortSignal): Scope {
  return link(parent, new AbortController());
}

function link(parent: AbortSignal, controller: AbortController): Scope {
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
  const controller = new AbortController();
  const scope = link(parent, controller);
  if (scope.signal.aborted) return scope;

  const timer = setTimeout(() => {
    controller.abort(new DOMException(`nothing within ${timeoutMs} ms`, "TimeoutError"));
  }, timeoutMs);
  scope.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return scope;
}
