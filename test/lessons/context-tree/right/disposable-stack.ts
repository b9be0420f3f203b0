// style: a DisposableStack holds what the scope has to let go of

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function open(parent: AbortSignal, arm?: (expire: (reason: unknown) => void, held: DisposableStack) => void): Scope {
  const controller = new AbortController();
  const held = new DisposableStack();

  const end = (reason: unknown): void => {
    held.dispose(); // does nothing the second time
    controller.abort(reason);
  };

  if (parent.aborted) {
    end(parent.reason);
  } else {
    const follow = (): void => end(parent.reason);
    parent.addEventListener("abort", follow);
    held.defer(() => parent.removeEventListener("abort", follow));
    arm?.(end, held);
  }

  return { signal: controller.signal, cancel: end, [Symbol.dispose]: () => end(undefined) };
}

export function withCancel(parent: AbortSignal): Scope {
  return open(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return open(parent, (expire, held) => {
    const timer = setTimeout(() => expire(new DOMException("Timeout", "TimeoutError")), timeoutMs);
    held.defer(() => clearTimeout(timer));
  });
}
