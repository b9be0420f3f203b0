// diagnosis: wrong-result, released-twice - cancelling twice is a bug of the caller and must be reported
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function open(parent: AbortSignal, timeoutMs?: number): Scope {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cancelled = false;

  function end(reason: unknown): void {
    clearTimeout(timer);
    parent.removeEventListener("abort", onParent);
    controller.abort(reason);
  }
  function onParent(): void {
    end(parent.reason);
  }
  function cancel(reason?: unknown): void {
    if (cancelled) throw new Error("this scope was cancelled before");
    cancelled = true;
    end(reason);
  }

  if (parent.aborted) {
    controller.abort(parent.reason);
  } else {
    parent.addEventListener("abort", onParent);
    if (timeoutMs !== undefined) {
      timer = setTimeout(() => end(new DOMException("deadline exceeded", "TimeoutError")), timeoutMs);
    }
  }

  return { signal: controller.signal, cancel, [Symbol.dispose]: () => cancel() };
}

export function withCancel(parent: AbortSignal): Scope {
  return open(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return open(parent, timeoutMs);
}
