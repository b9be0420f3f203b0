/**
 * The handle that the process holds, closed: nothing that learner code throws, not even where the call stack is full,
 * leaves the realm through it. Runs inside the realm.
 */
/* eslint-disable @typescript-eslint/unbound-method -- taken on purpose: none is called without its `this` */
import type { Kernel } from "./kernel.ts";

/** What each call answers where it broke off. */
export interface Fallbacks {
  /** Told of what was thrown; the run under way has to end with it. */
  readonly broke: (thrown: unknown) => void;
  readonly list: (thrown: unknown) => string;
}

export function closedKernel(kernel: Kernel, { broke, list }: Fallbacks): Kernel {
  const guard =
    <Args extends unknown[], T>(
      call: (...args: Args) => T,
      otherwise: (thrown: unknown) => T,
    ): ((...args: Args) => T) =>
    (...args) => {
      try {
        return call(...args);
      } catch (thrown) {
        return otherwise(thrown);
      }
    };
  const quiet = <Args extends unknown[]>(call: (...args: Args) => void): ((...args: Args) => void) =>
    guard(call, broke);
  return {
    ...kernel,
    list: guard(kernel.list, list),
    begin: quiet(kernel.begin),
    explore: quiet(kernel.explore),
    countOrder: quiet(kernel.countOrder),
    beginWatched: quiet(kernel.beginWatched),
    beginScript: quiet(kernel.beginScript),
    beginSimulated: quiet(kernel.beginSimulated),
    rejected: quiet(kernel.rejected),
    rejectionHidden: quiet(kernel.rejectionHidden),
    promiseMade: quiet(kernel.promiseMade),
    promiseSettled: quiet(kernel.promiseSettled),
    step: () => {
      try {
        return kernel.step();
      } catch (thrown) {
        broke(thrown);
        return 2;
      }
    },
  };
}
