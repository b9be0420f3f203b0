// diagnosis: timer-still-armed - a timer that fires after cancel() does nothing, so it costs nothing
// seen in DirtyHairy/async-mutex #33

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

class CancelScope implements Scope {
  protected readonly controller = new AbortController();
  readonly #parent: AbortSignal;
  readonly #onParentAbort = (): void => this.cancel(this.#parent.reason);

  constructor(parent: AbortSignal) {
    this.#parent = parent;
    if (parent.aborted) this.controller.abort(parent.reason);
    else parent.addEventListener("abort", this.#onParentAbort);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  cancel(reason?: unknown): void {
    this.#parent.removeEventListener("abort", this.#onParentAbort);
    this.controller.abort(reason);
  }

  [Symbol.dispose](): void {
    this.cancel();
  }
}

class TimeoutScope extends CancelScope {
  constructor(parent: AbortSignal, timeoutMs: number) {
    super(parent);
    if (this.signal.aborted) return;
    setTimeout(() => {
      // A scope that is already over keeps its first reason.
      if (!this.signal.aborted) this.cancel(new DOMException("Deadline exceeded", "TimeoutError"));
    }, timeoutMs);
  }
}

export function withCancel(parent: AbortSignal): Scope {
  return new CancelScope(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return new TimeoutScope(parent, timeoutMs);
}
