// style: functional and terse: a list of things to undo

export interface Scope extends Disposable {
  readonly signal: AbortSignal;
  cancel(reason?: unknown): void;
}

type Undo = () => void;
type Source = (end: (reason?: unknown) => void) => Undo;

const following =
  (parent: AbortSignal): Source =>
  (end) => {
    const listener = () => end(parent.reason);
    parent.addEventListener("abort", listener);
    return () => parent.removeEventListener("abort", listener);
  };

const expiring =
  (ms: number): Source =>
  (end) => {
    const id = setTimeout(() => end(new DOMException("Timed out", "TimeoutError")), ms);
    return () => clearTimeout(id);
  };

const scope = (parent: AbortSignal, ...sources: Source[]): Scope => {
  const controller = new AbortController();
  const undos: Undo[] = [];
  const end = (reason?: unknown) => {
    for (const undo of undos.splice(0)) undo();
    controller.abort(reason);
  };
  if (parent.aborted) end(parent.reason);
  else for (const source of [following(parent), ...sources]) undos.push(source(end));
  return { signal: controller.signal, cancel: end, [Symbol.dispose]: () => end() };
};

export const withCancel = (parent: AbortSignal): Scope => scope(parent);
export const withTimeout = (parent: AbortSignal, timeoutMs: number): Scope => scope(parent, expiring(timeoutMs));
