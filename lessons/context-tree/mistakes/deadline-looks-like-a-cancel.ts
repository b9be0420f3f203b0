// diagnosis: wrong-result - the deadline is just a cancel() that the clock makes

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

export function withCancel(parent: AbortSignal): Scope {
  return new LinkedScope(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return new LinkedScope(parent, timeoutMs);
}

class LinkedScope implements Scope {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #parent: AbortSignal;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parent: AbortSignal, timeoutMs?: number) {
    this.#parent = parent;
    this.signal = this.#controller.signal;
    if (parent.aborted) {
      this.#controller.abort(parent.reason);
      return;
    }
    parent.addEventListener("abort", this.#onParentAbort);
    if (timeoutMs !== undefined) this.#timer = setTimeout(() => this.cancel(), timeoutMs);
  }

  readonly #onParentAbort = (): void => this.cancel(this.#parent.reason);

  cancel(reason?: unknown): void {
    clearTimeout(this.#timer);
    this.#parent.removeEventListener("abort", this.#onParentAbort);
    this.#controller.abort(reason);
  }

  [Symbol.dispose](): void {
    this.cancel();
  }
}
