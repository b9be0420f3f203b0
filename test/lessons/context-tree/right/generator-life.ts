// style: generator as the life of a scope, clean-up in its finally
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

function* life(
  parent: AbortSignal,
  end: (reason?: unknown) => void,
  timeoutMs?: number,
): Generator<undefined, unknown, unknown> {
  const onParent = () => end(parent.reason);
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    parent.addEventListener("abort", onParent);
    if (timeoutMs !== undefined) {
      timer = setTimeout(() => end(new DOMException("time is up", "TimeoutError")), timeoutMs);
    }
    return yield undefined;
  } finally {
    clearTimeout(timer);
    parent.removeEventListener("abort", onParent);
  }
}

function run(parent: AbortSignal, timeoutMs?: number): Scope {
  const controller = new AbortController();
  const { signal } = controller;

  if (parent.aborted) {
    controller.abort(parent.reason);
    return { signal, cancel() {}, [Symbol.dispose]() {} };
  }

  // The abort happens outside the generator, so a listener may call cancel() again.
  const end = (reason?: unknown): void => {
    if (signal.aborted) return;
    const cause = states.next(reason).value;
    controller.abort(cause);
  };
  const states = life(parent, end, timeoutMs);
  states.next();

  return { signal, cancel: (reason) => end(reason), [Symbol.dispose]: () => end() };
}

export function withCancel(parent: AbortSignal): Scope {
  return run(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return run(parent, timeoutMs);
}
