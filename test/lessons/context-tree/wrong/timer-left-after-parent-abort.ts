// diagnosis: timer-still-armed - the timer is let go where the scope is cancelled, and every scope is cancelled in the end
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

class LinkedScope implements Scope {
  readonly #controller = new AbortController();
  readonly #parent: AbortSignal;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parent: AbortSignal, timeoutMs?: number) {
    this.#parent = parent;
    if (parent.aborted) {
      this.#controller.abort(parent.reason);
      return;
    }
    parent.addEventListener("abort", this, { once: true });
    if (timeoutMs !== undefined) {
      this.#timer = setTimeout(() => this.cancel(new DOMException("timed out", "TimeoutError")), timeoutMs);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  handleEvent(): void {
    this.#controller.abort(this.#parent.reason);
  }

  cancel(reason?: unknown): void {
    clearTimeout(this.#timer);
    this.#parent.removeEventListener("abort", this);
    this.#controller.abort(reason);
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
