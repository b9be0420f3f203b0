// style: class hierarchy with ordinary prototype methods
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

class CancelScope implements Scope {
  readonly signal: AbortSignal;
  #controller: AbortController;
  #unfollow: () => void;

  constructor(parent: AbortSignal) {
    this.#controller = new AbortController();
    this.signal = this.#controller.signal;
    this.#unfollow = () => {};
    if (parent.aborted) {
      this.#controller.abort(parent.reason);
    } else {
      const onAbort = () => this.cancel(parent.reason);
      parent.addEventListener("abort", onAbort, { once: true });
      this.#unfollow = () => parent.removeEventListener("abort", onAbort);
    }
  }

  cancel(reason?: unknown): void {
    this.#unfollow();
    this.#controller.abort(reason);
  }

  [Symbol.dispose](): void {
    this.cancel();
  }
}

class TimeoutScope extends CancelScope {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parent: AbortSignal, timeoutMs: number) {
    super(parent);
    if (this.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.cancel(new DOMException("timed out", "TimeoutError"));
    }, timeoutMs);
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
