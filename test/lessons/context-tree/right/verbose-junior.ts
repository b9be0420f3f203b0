// style: verbose careful junior, everything spelled out and every step guarded
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

/** Creates a scope that ends when the parent ends, or when cancel() is called. */
export function withCancel(parent: AbortSignal): Scope {
  const controller: AbortController = new AbortController();
  let isEnded: boolean = false;

  function handleParentAbort(): void {
    endScope(parent.reason);
  }

  function endScope(reason: unknown): void {
    if (isEnded) {
      return;
    }
    isEnded = true;
    parent.removeEventListener("abort", handleParentAbort);
    controller.abort(reason);
  }

  if (parent.aborted) {
    isEnded = true;
    controller.abort(parent.reason);
  } else {
    parent.addEventListener("abort", handleParentAbort);
  }

  return {
    signal: controller.signal,
    cancel(reason?: unknown): void {
      if (reason === undefined) {
        endScope(new DOMException("The scope was cancelled.", "AbortError"));
      } else {
        endScope(reason);
      }
    },
    [Symbol.dispose](): void {
      endScope(new DOMException("The scope was cancelled.", "AbortError"));
    },
  };
}

/** The same with a deadline. It does not build on withCancel, so that the two can be read side by side. */
export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  const controller: AbortController = new AbortController();
  let timerId: ReturnType<typeof setTimeout> | null = null;
  let isEnded: boolean = false;

  function handleParentAbort(): void {
    endScope(parent.reason);
  }

  function handleDeadline(): void {
    timerId = null;
    endScope(new DOMException("The deadline of " + timeoutMs + " ms has passed.", "TimeoutError"));
  }

  function endScope(reason: unknown): void {
    if (isEnded) {
      return;
    }
    isEnded = true;
    if (timerId !== null) {
      clearTimeout(timerId);
      timerId = null;
    }
    parent.removeEventListener("abort", handleParentAbort);
    controller.abort(reason);
  }

  if (parent.aborted) {
    isEnded = true;
    controller.abort(parent.reason);
  } else {
    parent.addEventListener("abort", handleParentAbort);
    timerId = setTimeout(handleDeadline, timeoutMs);
  }

  return {
    signal: controller.signal,
    cancel(reason?: unknown): void {
      if (reason === undefined) {
        endScope(new DOMException("The scope was cancelled.", "AbortError"));
      } else {
        endScope(reason);
      }
    },
    [Symbol.dispose](): void {
      endScope(new DOMException("The scope was cancelled.", "AbortError"));
    },
  };
}
