// diagnosis: listener-left-on-signal - a signal fires only once, so its listeners go away after it fired
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function open(parent: AbortSignal, timeoutMs?: number): Scope {
  const controller = new AbortController();
  const { signal } = controller;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const onParent = () => {
    clearTimeout(timer);
    controller.abort(parent.reason);
  };
  const cancel = (reason?: unknown) => {
    if (signal.aborted) return;
    clearTimeout(timer);
    parent.removeEventListener("abort", onParent);
    controller.abort(reason);
  };

  if (parent.aborted) {
    controller.abort(parent.reason);
  } else {
    parent.addEventListener("abort", onParent);
    if (timeoutMs !== undefined) {
      timer = setTimeout(cancel, timeoutMs, new DOMException("deadline exceeded", "TimeoutError"));
    }
  }
  return { signal, cancel, [Symbol.dispose]: () => cancel() };
}

export function withCancel(parent: AbortSignal): Scope {
  return open(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return open(parent, timeoutMs);
}
