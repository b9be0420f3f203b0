// style: async/await, the deadline is a small background task that never rejects
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

/** Resolves after `ms`, or earlier when `signal` aborts. Never rejects. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    signal.addEventListener("abort", wake);
  });
}

async function enforceDeadline(scope: Scope, ms: number): Promise<void> {
  await pause(ms, scope.signal);
  if (!scope.signal.aborted) scope.cancel(new DOMException(`not done within ${ms} ms`, "TimeoutError"));
}

export function withCancel(parent: AbortSignal): Scope {
  const controller = new AbortController();
  const follow = () => controller.abort(parent.reason);

  if (parent.aborted) follow();
  else parent.addEventListener("abort", follow, { once: true });

  const cancel = (reason?: unknown) => {
    parent.removeEventListener("abort", follow);
    controller.abort(reason);
  };
  return { signal: controller.signal, cancel, [Symbol.dispose]: () => cancel() };
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = withCancel(parent);
  if (!scope.signal.aborted) void enforceDeadline(scope, timeoutMs);
  return scope;
}
