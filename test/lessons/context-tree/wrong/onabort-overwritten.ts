// diagnosis: signal-not-passed-on, abort-swallowed, wrong-result - onabort is just a shorter way to add a listener
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function open(parent: AbortSignal, timeoutMs?: number): Scope {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = (reason?: unknown): void => {
    clearTimeout(timer);
    if (parent.onabort === onParent) parent.onabort = null;
    controller.abort(reason);
  };
  const onParent = () => end(parent.reason);
  const onDeadline = () => end(new DOMException("deadline exceeded", "TimeoutError"));

  if (parent.aborted) {
    controller.abort(parent.reason);
  } else {
    parent.onabort = onParent;
    if (timeoutMs !== undefined) timer = setTimeout(onDeadline, timeoutMs);
  }

  return { signal: controller.signal, cancel: end, [Symbol.dispose]: () => end() };
}

export function withCancel(parent: AbortSignal): Scope {
  return open(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return open(parent, timeoutMs);
}
