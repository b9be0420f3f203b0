// style: `using` inside, the link and the clock are disposables
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

const nothing: Disposable = { [Symbol.dispose]() {} };

function link(parent: AbortSignal, listener: () => void): Disposable {
  parent.addEventListener("abort", listener, { once: true });
  return { [Symbol.dispose]: () => parent.removeEventListener("abort", listener) };
}

function clock(ms: number, ring: () => void): Disposable {
  const id = setTimeout(ring, ms);
  return { [Symbol.dispose]: () => clearTimeout(id) };
}

class ScopeNode implements Scope {
  #controller = new AbortController();
  #parent: AbortSignal;
  #link = nothing;
  #clock = nothing;

  constructor(parent: AbortSignal) {
    this.#parent = parent;
    if (parent.aborted) this.#controller.abort(parent.reason);
    else this.#link = link(parent, () => this.cancel(parent.reason));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  deadline(ms: number): this {
    if (!this.signal.aborted) {
      this.#clock = clock(ms, () => this.cancel(new DOMException(`no result in ${ms} ms`, "TimeoutError")));
    }
    return this;
  }

  #letGo(): void {
    using _link = this.#link;
    using _clock = this.#clock;
    this.#link = this.#clock = nothing;
  }

  cancel(reason?: unknown): void {
    this.#letGo();
    const parent = this.#parent;
    this.#controller.abort(parent.aborted ? parent.reason : reason);
  }

  [Symbol.dispose](): void {
    this.cancel();
  }
}

export function withCancel(parent: AbortSignal): Scope {
  return new ScopeNode(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return new ScopeNode(parent).deadline(timeoutMs);
}
