// style: class whose instance is itself the listener (handleEvent), bound arrow fields, eager deadline error
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
    parent.addEventListener("abort", this);
    if (timeoutMs !== undefined) {
      const late = new DOMException(`deadline of ${timeoutMs} ms passed`, "TimeoutError");
      this.#timer = setTimeout(this.cancel, timeoutMs, late);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  handleEvent(): void {
    this.cancel(this.#parent.reason);
  }

  readonly cancel = (reason?: unknown): void => {
    if (this.signal.aborted) return;
    this.#parent.removeEventListener("abort", this);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // A parent that is already aborted spoke first, even if its event has not reached us yet.
    this.#controller.abort(this.#parent.aborted ? this.#parent.reason : reason);
  };

  readonly [Symbol.dispose] = (): void => this.cancel();
}

export function withCancel(parent: AbortSignal): Scope {
  return new LinkedScope(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return new LinkedScope(parent, timeoutMs);
}
