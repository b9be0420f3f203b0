// diagnosis: timer-still-armed, resource-not-released - AbortSignal.timeout needs no clean-up, the platform takes care of it
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
  if (parent.aborted) return withCancel(parent);
  const own = new AbortController();
  const cancel = (reason?: unknown) => own.abort(reason);
  return {
    signal: AbortSignal.any([parent, own.signal, AbortSignal.timeout(timeoutMs)]),
    cancel,
    [Symbol.dispose]: () => cancel(),
  };
}
