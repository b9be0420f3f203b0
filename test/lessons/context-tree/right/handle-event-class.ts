// style: a class that is its own event listener

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

class ParentBoundScope implements Scope {
  readonly #parent: AbortSignal;
  readonly #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parent: AbortSignal) {
    this.#parent = parent;
    if (parent.aborted) this.#controller.abort(parent.reason);
    else parent.addEventListener("abort", this);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  handleEvent(): void {
    this.#end(this.#parent.reason);
  }

  expireAfter(timeoutMs: number): this {
    if (this.signal.aborted) return this;
    this.#timer = setTimeout(() => this.#end(new DOMException("Deadline exceeded", "TimeoutError")), timeoutMs);
    return this;
  }

  // An arrow in a field, so that `setTimeout(scope.cancel, 100)` keeps its `this`.
  readonly cancel = (reason?: unknown): void => this.#end(reason);

  [Symbol.dispose](): void {
    this.#end(undefined);
  }

  #end(reason: unknown): void {
    if (this.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#parent.removeEventListener("abort", this);
    this.#controller.abort(reason);
  }
}

export function withCancel(parent: AbortSignal): Scope {
  return new ParentBoundScope(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return new ParentBoundScope(parent).expireAfter(timeoutMs);
}
