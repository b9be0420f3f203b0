// diagnosis: reason-replaced, wrong-result - a deadline is just a cancel() that comes by itself
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

export const withCancel = (parent: AbortSignal): Scope => {
  const own = new AbortController();
  const cancel = (reason?: unknown) => own.abort(reason);
  return { signal: AbortSignal.any([parent, own.signal]), cancel, [Symbol.dispose]: () => cancel() };
};

export const withTimeout = (parent: AbortSignal, timeoutMs: number): Scope => {
  const scope = withCancel(parent);
  if (scope.signal.aborted) return scope;
  const timer = setTimeout(() => scope.cancel(), timeoutMs);
  scope.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return scope;
};
