/**
 * Closes this process's own built-ins to change, as the realm's are. No object of this process is handed into the realm,
 * but the engine has ways of its own: what import() is refused with, and what the engine throws where the call stack is
 * full while Node formats a stack trace, are errors of this process. With them, learner code can reach `Object` and
 * `Array` of this process, and would change what the verdict is computed with. Runs in the sandbox process.
 */
import { harden } from "./kernel/harden.ts";

const names = [
  "Object", "Function", "Array", "Error", "AggregateError", "EvalError", "RangeError", "ReferenceError", "SyntaxError",
  "TypeError", "URIError", "Promise", "Proxy", "Reflect", "JSON", "Math", "Map", "Set", "WeakMap", "WeakSet", "WeakRef",
  "Symbol", "String", "Number", "Boolean", "BigInt", "RegExp", "Date", "ArrayBuffer", "DataView", "Iterator", "Intl",
  "Uint8Array", "Int8Array", "Uint16Array", "Int16Array", "Uint32Array", "Int32Array", "Float32Array", "Float64Array",
  "BigInt64Array", "BigUint64Array", "Uint8ClampedArray", "FinalizationRegistry", "Atomics", "SharedArrayBuffer",
] as const; // prettier-ignore

/** Frames that this process keeps of a stack: those who wait are told by them. */
export const hostStackFrames = 30;

/** Cannot be undone. What is made here later than this can still be changed by whoever holds it. */
export function closeHostIntrinsics(): void {
  Error.stackTraceLimit = hostStackFrames;
  const intrinsics: Record<string, unknown> = {};
  for (const name of names) intrinsics[name] = Reflect.get(globalThis, name);
  harden(intrinsics);
}
