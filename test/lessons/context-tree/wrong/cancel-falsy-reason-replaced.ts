// diagnosis: reason-replaced - a falsy reason (0, an empty string, false) is no reason
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

class LinkedScope implements Scope {
  readonly signal: AbortSignal;
  readonly #own = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parent: AbortSignal, timeoutMs?: number) {
    this.signal = AbortSignal.any([parent, this.#own.signal]);
    if (this.signal.aborted || timeoutMs === undefined) return;
    this.#timer = setTimeout(() => this.cancel(new DOMException("timed out", "TimeoutError")), timeoutMs);
    this.signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
  }

  cancel(reason?: unknown): void {
    this.#own.abort(reason || new DOMException("the scope was cancelled", "AbortError"));
  }

  [Symbol.dispose](): void {
    this.cancel();
  }
}

export function withCancel(parent: AbortSignal): Scope {
  return new LinkedScope(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return new LinkedScope(parent, timeoutMs);
}
