// style: functional, a scope is derived from hooks that each return their undo
export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

type End = (reason?: unknown) => void;
type Hook = (end: End) => () => void;

const onParent =
  (parent: AbortSignal): Hook =>
  (end) => {
    const listener = () => end(parent.reason);
    parent.addEventListener("abort", listener, { once: true });
    return () => parent.removeEventListener("abort", listener);
  };

const onDeadline =
  (ms: number): Hook =>
  (end) => {
    const id = setTimeout(() => end(new DOMException(`${ms} ms are over`, "TimeoutError")), ms);
    return () => clearTimeout(id);
  };

const derive = (parent: AbortSignal, ...hooks: readonly Hook[]): Scope => {
  const controller = new AbortController();
  const undo: Array<() => void> = [];
  const end: End = (reason) => {
    for (const step of undo.splice(0)) step();
    controller.abort(parent.aborted ? parent.reason : reason);
  };
  if (parent.aborted) end();
  else undo.push(...hooks.map((hook) => hook(end)));
  return { signal: controller.signal, cancel: (reason) => end(reason), [Symbol.dispose]: () => end() };
};

export const withCancel = (parent: AbortSignal): Scope => derive(parent, onParent(parent));

export const withTimeout = (parent: AbortSignal, timeoutMs: number): Scope =>
  derive(parent, onParent(parent), onDeadline(timeoutMs));
