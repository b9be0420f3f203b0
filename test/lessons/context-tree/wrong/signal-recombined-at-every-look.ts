// diagnosis: reason-replaced, first-error-lost - a combined signal made later still tells which of its sources was first
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

class LazyScope implements Scope {
  readonly #parent: AbortSignal;
  readonly #own = new AbortController();

  constructor(parent: AbortSignal) {
    this.#parent = parent;
  }

  get signal(): AbortSignal {
    return AbortSignal.any([this.#parent, this.#own.signal]);
  }

  cancel(reason?: unknown): void {
    this.#own.abort(reason);
  }

  [Symbol.dispose](): void {
    this.cancel();
  }
}

export function withCancel(parent: AbortSignal): Scope {
  return new LazyScope(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = new LazyScope(parent);
  const { signal } = scope;
  if (signal.aborted) return scope;
  const timer = setTimeout(() => scope.cancel(new DOMException("deadline exceeded", "TimeoutError")), timeoutMs);
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return scope;
}
