// style: one shared, reference-counted listener per parent
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

type Child = (reason: unknown) => void;
interface Hub {
  readonly children: Set<Child>;
  readonly onAbort: () => void;
}
const hubs = new WeakMap<AbortSignal, Hub>();

function join(parent: AbortSignal, child: Child): void {
  let hub = hubs.get(parent);
  if (hub === undefined) {
    const children = new Set<Child>();
    const onAbort = () => {
      hubs.delete(parent);
      for (const each of [...children]) each(parent.reason);
    };
    hub = { children, onAbort };
    hubs.set(parent, hub);
    parent.addEventListener("abort", onAbort, { once: true });
  }
  hub.children.add(child);
}

function leave(parent: AbortSignal, child: Child): void {
  const hub = hubs.get(parent);
  if (hub === undefined || !hub.children.delete(child)) return;
  if (hub.children.size > 0) return;
  parent.removeEventListener("abort", hub.onAbort);
  hubs.delete(parent);
}

function grow(parent: AbortSignal, arm?: (end: Child) => ReturnType<typeof setTimeout>): Scope {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end: Child = (reason) => {
    leave(parent, end);
    clearTimeout(timer);
    controller.abort(reason);
  };
  if (parent.aborted) {
    controller.abort(parent.reason);
  } else {
    join(parent, end);
    timer = arm?.(end);
  }
  return {
    signal: controller.signal,
    cancel: (reason?: unknown) => end(reason),
    [Symbol.dispose]: () => end(undefined),
  };
}

export function withCancel(parent: AbortSignal): Scope {
  return grow(parent);
}

export function withTimeout(parent: AbortSignal, timeoutMs: number): Scope {
  return grow(parent, (end) =>
    setTimeout(() => end(new DOMException("The deadline was exceeded", "TimeoutError")), timeoutMs),
  );
}
