// diagnosis: timer-still-armed - the inherited dispose goes through the overridden cancel()
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

class CancelScope implements Scope {
  readonly #controller = new AbortController();
  #unfollow = (): void => {};

  constructor(parent: AbortSignal) {
    if (parent.aborted) {
      this.#controller.abort(parent.reason);
      return;
    }
    const onParent = () => this.cancel(parent.reason);
    parent.addEventListener("abort", onParent, { once: true });
    this.#unfollow = () => parent.removeEventListener("abort", onParent);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  #end(reason?: unknown): void {
    this.#unfollow();
    this.#controller.abort(reason);
  }

  cancel(reason?: unknown): void {
    this.#end(reason);
  }

  [Symbol.dispose](): void {
    this.#end();
  }
}

class TimeoutScope extends CancelScope {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parent: AbortSignal, timeoutMs: number) {
    super(parent);
    if (this.signal.aborted) return;
    this.#timer = setTimeout(() => this.cancel(new DOMException("timed out", "TimeoutError")), timeoutMs);
  }

  override cancel(reason?: unknown): void {
    clearTimeout(this.#timer);
    super.cancel(reason);
  }
}

export function withCancel(parent: AbortSignal): Scope {
  return new CancelScope(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return new TimeoutScope(parent, timeoutMs);
}
