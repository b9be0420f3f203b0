// diagnosis: work-still-running, resource-not-released, wrong-result - disposing frees what the scope holds (listener and timer); cancelling is another matter
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function open(parent: AbortSignal, timeoutMs?: number): Scope {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const release = () => {
    clearTimeout(timer);
    parent.removeEventListener("abort", onParent);
  };
  const end = (reason?: unknown) => {
    release();
    controller.abort(reason);
  };
  const onParent = () => end(parent.reason);

  if (parent.aborted) {
    controller.abort(parent.reason);
  } else {
    parent.addEventListener("abort", onParent, { once: true });
    if (timeoutMs !== undefined) {
      timer = setTimeout(() => end(new DOMException("deadline exceeded", "TimeoutError")), timeoutMs);
    }
  }

  return { signal: controller.signal, cancel: end, [Symbol.dispose]: release };
}

export function withCancel(parent: AbortSignal): Scope {
  return open(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return open(parent, timeoutMs);
}
