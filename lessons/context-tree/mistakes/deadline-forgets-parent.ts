// diagnosis: signal-not-passed-on - a scope with a deadline ends by itself, so it need not follow its parent any further

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

export function withCancel(parent: AbortSignal): Scope {
  const controller = new AbortController();
  if (parent.aborted) {
    controller.abort(parent.reason);
  } else {
    parent.addEventListener("abort", () => controller.abort(parent.reason), { signal: controller.signal });
  }
  return scopeOf(controller);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const controller = new AbortController();
  if (parent.aborted) {
    controller.abort(parent.reason);
    return scopeOf(controller);
  }

  const timer = setTimeout(() => {
    controller.abort(new DOMException(`Took longer than ${timeoutMs} ms`, "TimeoutError"));
  }, timeoutMs);
  controller.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return scopeOf(controller);
}
