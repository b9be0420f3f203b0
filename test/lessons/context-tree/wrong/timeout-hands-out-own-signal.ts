// diagnosis: signal-not-passed-on, abort-swallowed, never-settles - the controller's own signal also follows the parent once the two were combined
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

export function withCancel(parent: AbortSignal): Scope {
  const own = new AbortController();
  const cancel = (reason?: unknown) => own.abort(reason);
  return { signal: AbortSignal.any([parent, own.signal]), cancel, [Symbol.dispose]: () => cancel() };
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const own = new AbortController();
  const linked = AbortSignal.any([parent, own.signal]);
  const cancel = (reason?: unknown) => own.abort(reason);
  if (linked.aborted) return { signal: linked, cancel, [Symbol.dispose]: () => cancel() };

  const timer = setTimeout(() => cancel(new DOMException("deadline exceeded", "TimeoutError")), timeoutMs);
  linked.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return { signal: own.signal, cancel, [Symbol.dispose]: () => cancel() };
}
