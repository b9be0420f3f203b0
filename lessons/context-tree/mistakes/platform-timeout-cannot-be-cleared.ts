// diagnosis: timer-still-armed - AbortSignal.timeout is released as soon as nobody needs its answer

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function scopeOf(...sources: AbortSignal[]): Scope {
  const own = new AbortController();
  return {
    signal: AbortSignal.any([...sources, own.signal]),
    cancel: (reason) => own.abort(reason),
    [Symbol.dispose]: () => own.abort(),
  };
}

export function withCancel(parent: AbortSignal): Scope {
  return scopeOf(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  if (parent.aborted) return scopeOf(parent);
  return scopeOf(parent, AbortSignal.timeout(timeoutMs));
}
