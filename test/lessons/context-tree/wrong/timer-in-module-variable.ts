// diagnosis: timer-still-armed, deadline-missed, never-settles - only one deadline runs at a time, so one variable holds its timer
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

let timer: ReturnType<typeof setTimeout> | undefined;

function open(parent: AbortSignal, timeoutMs?: number): Scope {
  const controller = new AbortController();
  const end = (reason?: unknown): void => {
    if (timeoutMs !== undefined) clearTimeout(timer);
    parent.removeEventListener("abort", onParent);
    controller.abort(reason);
  };
  const onParent = () => end(parent.reason);
  const onDeadline = () => end(new DOMException("deadline exceeded", "TimeoutError"));

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
