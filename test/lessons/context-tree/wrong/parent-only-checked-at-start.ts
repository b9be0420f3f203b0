// diagnosis: signal-not-passed-on, abort-swallowed, never-settles - checking the parent once, when the scope is made, is enough
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

class OwnScope implements Scope {
  readonly #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parent: AbortSignal, timeoutMs?: number) {
    if (parent.aborted) {
      this.#controller.abort(parent.reason);
    } else if (timeoutMs !== undefined) {
      this.#timer = setTimeout(() => this.cancel(new DOMException("timed out", "TimeoutError")), timeoutMs);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  cancel(reason?: unknown): void {
    clearTimeout(this.#timer);
    this.#controller.abort(reason);
  }

  [Symbol.dispose](): void {
    this.cancel();
  }
}

export function withCancel(parent: AbortSignal): Scope {
  return new OwnScope(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return new OwnScope(parent, timeoutMs);
}
