// diagnosis: aborted-signal-unchecked - a listener added to an aborted signal is called right away
// the shape of nodejs/undici #475

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function openScope(parent: AbortSignal, timeoutMs?: number): Scope {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function finish(reason?: unknown) {
    parent.removeEventListener("abort", onParentAbort);
    if (timer !== undefined) clearTimeout(timer);
    controller.abort(reason);
  }
  function onParentAbort() {
    finish(parent.reason);
  }

  parent.addEventListener("abort", onParentAbort);
  if (timeoutMs !== undefined && !controller.signal.aborted) {
    timer = setTimeout(() => finish(new DOMException("Deadline exceeded", "TimeoutError")), timeoutMs);
  }

  return { signal: controller.signal, cancel: finish, [Symbol.dispose]: () => finish() };
}

export function withCancel(parent: AbortSignal): Scope {
  return openScope(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return openScope(parent, timeoutMs);
}
