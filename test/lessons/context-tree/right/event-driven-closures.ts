// style: event-driven closures, one `end` function for all three causes
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function open(parent: AbortSignal, timeoutMs: number | undefined): Scope {
  if (parent.aborted) {
    return { signal: AbortSignal.abort(parent.reason), cancel() {}, [Symbol.dispose]() {} };
  }

  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function end(reason: unknown): void {
    clearTimeout(timer);
    parent.removeEventListener("abort", onParentAbort);
    controller.abort(reason);
  }
  function onParentAbort(): void {
    end(parent.reason);
  }

  parent.addEventListener("abort", onParentAbort);
  if (timeoutMs !== undefined) {
    timer = setTimeout(() => end(new DOMException("deadline exceeded", "TimeoutError")), timeoutMs);
  }

  return {
    signal: controller.signal,
    cancel(reason) {
      end(reason);
    },
    [Symbol.dispose]() {
      end(undefined);
    },
  };
}

export function withCancel(parent: AbortSignal): Scope {
  return open(parent, undefined);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return open(parent, timeoutMs);
}
