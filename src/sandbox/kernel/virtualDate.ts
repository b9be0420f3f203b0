/** A Date whose "now" is the world's clock. Runs inside the realm. */

/** The moment at which every run begins: 2026-01-01T00:00:00Z. */
export const epochMs = 1_767_225_600_000;

/** @param now virtual ms since the run began. */
export function virtualDate(now: () => number): DateConstructor {
  const Real = Date;
  const construct = (args: readonly unknown[], target: NewableFunction): object =>
    Reflect.construct(Real, args.length === 0 ? [epochMs + now()] : args, target) as object;
  const Virtual = function (...args: unknown[]): object | string {
    // Date is also called without new, whatever the types say.
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition
    return new.target === undefined
      ? new Real(epochMs + now()).toString()
      : construct(args, new.target as unknown as NewableFunction);
  } as unknown as DateConstructor;
  const fixed = { writable: false, enumerable: false, configurable: false };
  Object.defineProperties(Virtual, {
    name: { ...fixed, value: "Date" },
    length: { ...fixed, value: 7 },
    prototype: { ...fixed, value: Real.prototype },
    now: { ...fixed, value: () => epochMs + now() },
    parse: { ...fixed, value: Real.parse },
    UTC: { ...fixed, value: Real.UTC },
  });
  Object.defineProperty(Real.prototype, "constructor", { ...fixed, value: Virtual });
  return Virtual;
}
