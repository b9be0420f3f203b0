// diagnosis: listener-left-on-signal, aborted-signal-unchecked - a once-listener on a signal that is already aborted is gone by itself
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
    if (parent.aborted) this.#controller.abort(parent.reason);
    parent.addEventListener("abort", this.#onParent, { once: true });
    if (timeoutMs !== undefined && !parent.aborted) {
      this.#timer = setTimeout(() => this.cancel(new DOMException("timed out", "TimeoutError")), timeoutMs);
    }
  }

  readonly #onParent = (): void => this.cancel(this.#parent.reason);

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  cancel(reason?: unknown): void {
    if (this.signal.aborted) return;
    this.#parent.removeEventListener("abort", this.#onParent);
    clearTimeout(this.#timer);
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
