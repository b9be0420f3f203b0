/**
 * A function does not tell its source text here: with it, an exercise could know the test that it is in, or that it is
 * being watched (watched code has marks). Runs inside the realm, once, before any code but ours.
 */
/* eslint-disable @typescript-eslint/unbound-method -- taken on purpose: none is called without its `this` */
export function hideSource(): void {
  const toString = {
    toString(this: unknown): string {
      if (typeof this !== "function") throw new TypeError("Function.prototype.toString needs a function.");
      return "function () { [native code] }";
    },
  };
  Object.defineProperty(Function.prototype, "toString", { value: toString.toString });
}
