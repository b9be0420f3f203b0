// diagnosis: signal-not-passed-on, abort-swallowed, one-cancels-all - whoever ends takes the shared listener off the parent
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

type End = (reason: unknown) => void;
interface Hub {
  readonly children: Set<End>;
  readonly wake: () => void;
}
const hubs = new WeakMap<AbortSignal, Hub>();

function join(parent: AbortSignal, end: End): void {
  let hub = hubs.get(parent);
  if (hub === undefined) {
    const children = new Set<End>();
    const wake = () => {
      hubs.delete(parent);
      for (const child of [...children]) child(parent.reason);
    };
    hub = { children, wake };
    hubs.set(parent, hub);
    parent.addEventListener("abort", wake, { once: true });
  }
  hub.children.add(end);
}

function leave(parent: AbortSignal, end: End): void {
  const hub = hubs.get(parent);
  if (hub === undefined || !hub.children.delete(end)) return;
  parent.removeEventListener("abort", hub.wake);
  hubs.delete(parent);
}

function open(parent: AbortSignal, timeoutMs?: number): Scope {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const end: End = (reason) => {
    clearTimeout(timer);
    leave(parent, end);
    controller.abort(reason);
  };

  if (parent.aborted) {
    controller.abort(parent.reason);
  } else {
    join(parent, end);
    if (timeoutMs !== undefined) {
      timer = setTimeout(() => end(new DOMException("deadline exceeded", "TimeoutError")), timeoutMs);
    }
  }
  return { signal: controller.signal, cancel: (reason) => end(reason), [Symbol.dispose]: () => end(undefined) };
}

export function withCancel(parent: AbortSignal): Scope {
  return open(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return open(parent, timeoutMs);
}
