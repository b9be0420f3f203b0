// style: the technique of Go's own context package: every parent keeps a set of children, and children remove themselves

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

type Child = (reason: unknown) => void;

/** One listener per parent, however many children it has; it goes when the last child goes. */
class Family {
  readonly #children = new Set<Child>();
  readonly #parent: AbortSignal;
  readonly #onAbort = (): void => {
    for (const endChild of [...this.#children]) endChild(this.#parent.reason);
  };

  constructor(parent: AbortSignal) {
    this.#parent = parent;
  }

  add(child: Child): void {
    if (this.#children.size === 0) this.#parent.addEventListener("abort", this.#onAbort);
    this.#children.add(child);
  }

  remove(child: Child): void {
    if (this.#children.delete(child) && this.#children.size === 0) {
      this.#parent.removeEventListener("abort", this.#onAbort);
    }
  }
}

const families = new WeakMap<AbortSignal, Family>();

function familyOf(parent: AbortSignal): Family {
  let family = families.get(parent);
  if (family === undefined) {
    family = new Family(parent);
    families.set(parent, family);
  }
  return family;
}

export function withCancel(parent: AbortSignal): Scope {
  const controller = new AbortController();
  const { signal } = controller;

  if (parent.aborted) {
    controller.abort(parent.reason);
    return { signal, cancel() {}, [Symbol.dispose]() {} };
  }

  const family = familyOf(parent);
  const end: Child = (reason) => {
    family.remove(end);
    controller.abort(reason);
  };
  family.add(end);
  return { signal, cancel: end, [Symbol.dispose]: () => end(undefined) };
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = withCancel(parent);
  if (scope.signal.aborted) return scope;
  const expire = (): void => scope.cancel(new DOMException("The time is up", "TimeoutError"));
  const timer = setTimeout(expire, timeoutMs);
  scope.signal.addEventListener("abort", () => clearTimeout(timer));
  return scope;
}
