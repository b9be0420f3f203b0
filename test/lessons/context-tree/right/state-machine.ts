// A scope is open or ended; events go through one function, and the platform's objects follow the state.
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

type Event = { readonly type: "cancel" | "parent"; readonly reason: unknown } | { readonly type: "deadline" };

function scopeOf(parent: AbortSignal, timeoutMs: number | null): Scope {
  let state: "open" | "ended" = "open";
  const controller = new AbortController();
  const cleanups: (() => void)[] = [];

  const dispatch = (event: Event): void => {
    if (state === "ended") return;
    state = "ended";
    while (cleanups.length > 0) cleanups.pop()?.();
    if (event.type === "deadline") controller.abort(new DOMException("Deadline exceeded", "TimeoutError"));
    else if (event.reason === undefined) controller.abort();
    else controller.abort(event.reason);
  };

  if (parent.aborted) {
    dispatch({ type: "parent", reason: parent.reason });
  } else {
    const onParent = (): void => dispatch({ type: "parent", reason: parent.reason });
    parent.addEventListener("abort", onParent, { once: true });
    cleanups.push(() => parent.removeEventListener("abort", onParent));
    if (timeoutMs !== null) {
      const timer = setTimeout(dispatch, timeoutMs, { type: "deadline" } satisfies Event);
      cleanups.push(() => clearTimeout(timer));
    }
  }
  return {
    get signal() {
      return controller.signal;
    },
    cancel: (reason) => dispatch({ type: "cancel", reason }),
    [Symbol.dispose]: () => dispatch({ type: "cancel", reason: undefined }),
  };
}

export const withCancel = (parent: AbortSignal): Scope => scopeOf(parent, null);
export const withTimeout = (parent: AbortSignal, timeoutMs: number): Scope => scopeOf(parent, timeoutMs);
