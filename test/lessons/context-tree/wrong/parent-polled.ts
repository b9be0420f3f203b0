// diagnosis: late-after-abort, wrong-result - asking the parent every 10 ms avoids a listener that could leak
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function open(parent: AbortSignal, timeoutMs?: number): Scope {
  const controller = new AbortController();
  let watch: ReturnType<typeof setInterval> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const cancel = (reason?: unknown): void => {
    clearInterval(watch);
    clearTimeout(timer);
    controller.abort(parent.aborted ? parent.reason : reason);
  };

  if (parent.aborted) {
    cancel();
  } else {
    watch = setInterval(() => {
      if (parent.aborted) cancel();
    }, 10);
    if (timeoutMs !== undefined) {
      timer = setTimeout(() => cancel(new DOMException("deadline exceeded", "TimeoutError")), timeoutMs);
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
