/**
 * Has the engine tell the kernel which promises are made, waited for and settled in its realm. Slows every promise of
 * this process down while it is on, so it is on in watched runs only. Runs in the sandbox process, outside the realm.
 */
import { promiseHooks } from "node:v8";

/** What is told. The promises are the realm's own, on their way back into it. */
export interface PromiseWatcher {
  promiseMade(promise: object, parent: object | undefined): void;
  promiseSettled(promise: object): void;
}

/** @param prototype of the realm's promises; those of this process are not told of. Answers with what ends it. */
export function watchPromises(prototype: object, watcher: PromiseWatcher): () => void {
  const isTheirs = (promise: object): boolean => Object.getPrototypeOf(promise) === prototype;
  return promiseHooks.createHook({
    init: (promise, parent: object | undefined) => {
      if (isTheirs(promise))
        watcher.promiseMade(promise, parent !== undefined && isTheirs(parent) ? parent : undefined);
    },
    settled: (promise) => {
      if (isTheirs(promise)) watcher.promiseSettled(promise);
    },
  }) as () => void;
}
