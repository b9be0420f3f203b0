// diagnosis: one-cancels-all - when one branch is given up, the whole request is lost, so its parents may stop as well

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

/** Which scope owns a signal, so that a child can tell the scope above it. */
const owners = new WeakMap<AbortSignal, Scope>();

function openScope(parent: AbortSignal, timeoutMs?: number): Scope {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const end = (reason: unknown) => {
    parent.removeEventListener("abort", onParentAbort);
    clearTimeout(timer);
    controller.abort(reason);
  };
  const onParentAbort = () => end(parent.reason);

  const cancel = (reason?: unknown) => {
    if (controller.signal.aborted) return;
    end(reason);
    owners.get(parent)?.cancel(controller.signal.reason);
  };

  if (parent.aborted) {
    onParentAbort();
  } else {
    parent.addEventListener("abort", onParentAbort);
    if (timeoutMs !== undefined) {
      timer = setTimeout(() => cancel(new DOMException("Deadline exceeded", "TimeoutError")), timeoutMs);
    }
  }

  const scope: Scope = { signal: controller.signal, cancel, [Symbol.dispose]: () => cancel() };
  owners.set(scope.signal, scope);
  return scope;
}

export function withCancel(parent: AbortSignal): Scope {
  return openScope(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return openScope(parent, timeoutMs);
}
