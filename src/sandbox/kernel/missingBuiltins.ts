/**
 * What exercises may use and an older engine lacks (Node 20, where no newer one is at hand): the symbols of explicit
 * resource management, Promise.withResolvers, Promise.try. Runs inside the realm, before it is closed to change.
 */
import { deferred } from "../../base/deferred.ts";

export function addMissingBuiltins(): void {
  for (const name of ["dispose", "asyncDispose"]) {
    add(Symbol, name, Symbol(`Symbol.${name}`));
  }
  add(Promise, "withResolvers", () => deferred());
  add(
    Promise,
    "try",
    (callback: (...args: unknown[]) => unknown, ...args: unknown[]) =>
      new Promise((resolve) => {
        resolve(callback(...args));
      }),
  );
}

function add(target: object, name: string, value: unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true });
}
