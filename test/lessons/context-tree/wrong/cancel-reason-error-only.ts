// diagnosis: reason-replaced - a reason is an Error
/** A piece of work's lifetime: hand `signal` to everything that belongs to it, and end it with `cancel` or `using`. */
export interface Scope extends Disposable {
  /** Aborts once, for the first reason that reaches the scope, and never again. */
  readonly signal: AbortSignal;
  /** Ends the scope; without a reason, with an `AbortError` DOMException. Calling it again changes nothing. */
  cancel(reason?: unknown): void;
}

/** Opens a scope that ends with its parent, for the parent's reason, or when it is cancelled. */
export function withCancel(parent: AbortSignal): Scope {
  return openScope(parent);
}

/** Opens a scope that also ends, with a `TimeoutError` DOMException, when `timeoutMs` have passed. */
export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return openScope(parent, timeoutMs);
}

function openScope(parent: AbortSignal, timeoutMs?: number): Scope {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  // The one way out. A parent's abort, the deadline and the owner all come through here, so no path can forget what
  // the scope holds. It lets go before it aborts: an abort listener that looks around finds nothing left of the scope.
  // Being called again is harmless, because every line is: the controller keeps the first reason it was given.
  function end(reason: unknown): void {
    parent.removeEventListener("abort", followParent);
    clearTimeout(timer);
    controller.abort(reason); // `undefined` becomes an AbortError: the platform has Go's `context.Canceled` built in
  }

  function followParent(): void {
    end(parent.reason); // as it is: callers compare reasons by identity
  }

  if (parent.aborted) {
    followParent(); // its event has already been and will not come again, so there is nothing to wait for
  } else {
    parent.addEventListener("abort", followParent);
    if (timeoutMs !== undefined) {
      timer = setTimeout(() => {
        end(new DOMException(`The deadline of ${timeoutMs} ms has passed`, "TimeoutError"));
      }, timeoutMs);
    }
  }

  return {
    signal: controller.signal,
    cancel: (reason?: unknown) =>
      end(typeof reason === "object" || typeof reason === "string" || typeof reason === "number" ? reason : undefined),
    [Symbol.dispose]: () => end(undefined),
  };
}
