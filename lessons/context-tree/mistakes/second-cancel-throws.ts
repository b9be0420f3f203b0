// diagnosis: wrong-result - cancelling a scope that has ended is a bug of the caller and should be loud

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function openScope(parent: AbortSignal, timeoutMs?: number): Scope {
  const controller = new AbortController();
  const { signal } = controller;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const end = (reason: unknown) => {
    clearTimeout(timer);
    parent.removeEventListener("abort", onParentAbort);
    controller.abort(reason);
  };
  const onParentAbort = () => end(parent.reason);

  if (parent.aborted) {
    onParentAbort();
  } else {
    parent.addEventListener("abort", onParentAbort);
    if (timeoutMs !== undefined) {
      timer = setTimeout(() => end(new DOMException("Deadline exceeded", "TimeoutError")), timeoutMs);
    }
  }

  const cancel = (reason?: unknown) => {
    signal.throwIfAborted();
    end(reason);
  };
  return { signal, cancel, [Symbol.dispose]: () => cancel() };
}

export function withCancel(parent: AbortSignal): Scope {
  return openScope(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return openScope(parent, timeoutMs);
}
