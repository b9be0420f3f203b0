// diagnosis: reason-replaced - for a parent that is already aborted any aborted signal will do
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function dead(): Scope {
  return { signal: AbortSignal.abort(), cancel() {}, [Symbol.dispose]() {} };
}

export function withCancel(parent: AbortSignal): Scope {
  if (parent.aborted) return dead();
  const own = new AbortController();
  return {
    signal: AbortSignal.any([parent, own.signal]),
    cancel(reason) {
      own.abort(reason);
    },
    [Symbol.dispose]() {
      own.abort();
    },
  };
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  if (parent.aborted) return dead();
  const scope = withCancel(parent);
  const timer = setTimeout(() => scope.cancel(new DOMException("timed out", "TimeoutError")), timeoutMs);
  scope.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return scope;
}
