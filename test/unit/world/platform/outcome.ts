/** Compares what a piece of the world's platform does with what Node's own does. Runs in the unit tests. */
import assert from "node:assert/strict";

/** What a call came to: its value, or the name of what it threw. */
export type Outcome = { readonly value: unknown } | { readonly thrown: string };

function outcome(call: () => unknown): Outcome {
  try {
    return { value: call() };
  } catch (error) {
    return { thrown: error instanceof Error ? error.name : String(error) };
  }
}

/** Asserts that both calls come to the same. */
export function same(ours: () => unknown, nodes: () => unknown, what: string): void {
  assert.deepEqual(outcome(ours), outcome(nodes), what);
}

/** Calls a method with whatever arguments, also such as its types forbid. */
export function call(object: object, method: string, ...args: unknown[]): unknown {
  return Reflect.apply(Reflect.get(object, method) as (...given: unknown[]) => unknown, object, args);
}
