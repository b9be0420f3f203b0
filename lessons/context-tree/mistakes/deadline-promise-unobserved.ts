// diagnosis: unhandled-rejection - nobody awaits the deadline, so nobody has to catch it

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = () => {
    clearTimeout(timer);
    reject(signal.reason);
  };
  const timer = setTimeout(() => {
    signal.removeEventListener("abort", onAbort);
    resolve();
  }, ms);
  signal.addEventListener("abort", onAbort, { once: true });
  return promise;
}

export function withCancel(parent: AbortSignal): Scope {
  const controller = new AbortController();
  const cancel = (reason?: unknown) => {
    parent.removeEventListener("abort", onParentAbort);
    controller.abort(reason);
  };
  const onParentAbort = () => cancel(parent.reason);

  if (parent.aborted) cancel(parent.reason);
  else parent.addEventListener("abort", onParentAbort);

  return { signal: controller.signal, cancel, [Symbol.dispose]: () => cancel() };
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = withCancel(parent);

  async function expire(): Promise<void> {
    await sleep(timeoutMs, scope.signal);
    scope.cancel(new DOMException(`Timed out after ${timeoutMs} ms`, "TimeoutError"));
  }
  if (!scope.signal.aborted) void expire();

  return scope;
}
