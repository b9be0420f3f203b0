// diagnosis: wrong-result, reason-replaced - DOMException takes the name first and then the message
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function open(parent: AbortSignal, timeoutMs?: number): Scope {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = (reason?: unknown): void => {
    clearTimeout(timer);
    parent.removeEventListener("abort", onParent);
    controller.abort(reason);
  };
  const onParent = () => end(parent.reason);
  const onDeadline = () => end(new DOMException("TimeoutError", "deadline exceeded"));

  if (parent.aborted) {
    controller.abort(parent.reason);
  } else {
    parent.addEventListener("abort", onParent, { once: true });
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
