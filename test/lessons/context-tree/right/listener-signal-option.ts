// style: the listener on the parent is bound to the scope by the `signal` option of addEventListener

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function scopeOf(controller: AbortController): Scope {
  return {
    signal: controller.signal,
    cancel: (reason) => controller.abort(reason),
    [Symbol.dispose]: () => controller.abort(),
  };
}

function derive(parent: AbortSignal): AbortController {
  const child = new AbortController();
  if (parent.aborted) {
    child.abort(parent.reason);
  } else {
    // The platform takes the listener off the parent when the child aborts, whatever the cause.
    parent.addEventListener("abort", () => child.abort(parent.reason), { signal: child.signal });
  }
  return child;
}

export function withCancel(parent: AbortSignal): Scope {
  return scopeOf(derive(parent));
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const child = derive(parent);
  if (!child.signal.aborted) {
    const timer = setTimeout(() => child.abort(new DOMException("Too late", "TimeoutError")), timeoutMs);
    child.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  }
  return scopeOf(child);
}
