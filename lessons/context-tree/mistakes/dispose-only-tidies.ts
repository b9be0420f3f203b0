// diagnosis: work-still-running - leaving the block is not a cancellation, so dispose only has to free what the scope holds

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function openScope(parent: AbortSignal, timeoutMs?: number): Scope {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const release = () => {
    parent.removeEventListener("abort", onParentAbort);
    clearTimeout(timer);
  };
  const cancel = (reason?: unknown) => {
    release();
    controller.abort(reason);
  };
  const onParentAbort = () => cancel(parent.reason);

  if (parent.aborted) {
    controller.abort(parent.reason);
  } else {
    parent.addEventListener("abort", onParentAbort);
    if (timeoutMs !== undefined) {
      timer = setTimeout(() => cancel(new DOMException(`No end after ${timeoutMs} ms`, "TimeoutError")), timeoutMs);
    }
  }

  return { signal: controller.signal, cancel, [Symbol.dispose]: release };
}

export function withCancel(parent: AbortSignal): Scope {
  return openScope(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return openScope(parent, timeoutMs);
}
