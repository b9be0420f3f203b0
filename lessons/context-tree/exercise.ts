/** A piece of work's lifetime: hand `signal` to everything that belongs to it, and end it with `cancel` or `using`. */
export interface Scope extends Disposable {
  /** Aborts once, for the first reason that reaches the scope, and never again. */
  readonly signal: AbortSignal;
  /** Ends the scope; without a reason, with an `AbortError` DOMException. Calling it again changes nothing. */
  cancel(reason?: unknown): void;
}

/**
 * Opens a scope below `parent`. When the parent aborts, the scope aborts with the parent's own reason; the scope never
 * aborts its parent. Once the scope has aborted, whoever caused it, nothing of it is left on the parent.
 */
export function withCancel(parent: AbortSignal): Scope {
  // Begin here: this scope does not know its parent yet. Follow it, and think about when to stop following.
  const controller = new AbortController();
  return {
    signal: controller.signal,
    cancel: (reason) => controller.abort(reason),
    [Symbol.dispose]: () => controller.abort(),
  };
}

/**
 * Like `withCancel`, and the scope also aborts with a `TimeoutError` DOMException when `timeoutMs` have passed. Once
 * the scope has aborted, whoever caused it, its timer is no longer armed.
 */
export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const scope = withCancel(parent);
  setTimeout(() => scope.cancel(), timeoutMs);
  return scope;
}
