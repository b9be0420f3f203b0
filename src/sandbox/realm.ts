/**
 * A fresh realm with a kernel in it, inside the sandbox process. Learner code lives there. No object of this process
 * enters it: what goes in are strings, numbers, and the realm's own functions and promises on their way back.
 */
import vm from "node:vm";
import process from "node:process";
import type { CompiledModule } from "../protocol/sandboxMessages.ts";
import { closeHostIntrinsics } from "./hostIntrinsics.ts";
import type { Kernel } from "./kernel/kernel.ts";

export interface Realm {
  readonly kernel: Kernel;
  /** A module as a function of the realm: takes `__import`, returns the exports. */
  define(module: CompiledModule): (imports: (specifier: string) => unknown) => unknown;
  /** The same module with its marks; undefined where it has none. */
  defineMarked(module: CompiledModule): ((imports: (specifier: string) => unknown) => unknown) | undefined;
  /** The prototype of the realm's promises. */
  readonly promisePrototype: object;
  /** Lets the realm's microtask queue run empty, exactly. */
  drain(): void;
}

const prefix = '(function (__import) { "use strict"; ';

export interface RealmOptions {
  /** Leaves this process's own built-ins as they are: for hosts that do other things too, with code that is trusted. */
  readonly hostStaysOpen?: boolean;
  /**
   * Lets properties be added to the realm's global object, as a debugger does for what it evaluates. For a realm that does one
   * run: else what that left there, the next would find.
   */
  readonly globalStaysOpen?: boolean;
}

/** The kernel, parsed once for all realms of a process, which share what the engine compiles of it. */
export type KernelScript = vm.Script;

/** @param source text of dist/kernel.js */
export function kernelScript(source: string): KernelScript {
  // Inside a function, so that the kernel's own names are nobody else's.
  const make = `(function (open) { "use strict"; ${source}\nreturn __kernel.createKernel(globalThis, open); })`;
  return new vm.Script(make, { filename: "kernel.js" });
}

export function createRealm(script: KernelScript, options: RealmOptions = {}): Realm {
  const { hostStaysOpen = false, globalStaysOpen = false } = options;
  const context = vm.createContext(emptyGlobal(), {
    microtaskMode: "afterEvaluate",
    codeGeneration: { strings: false, wasm: false },
  });
  const makeKernel = script.runInContext(context) as (open: boolean) => Kernel;
  const kernel = makeKernel(globalStaysOpen);
  const define = (fileName: string, code: string): ((imports: (specifier: string) => unknown) => unknown) => {
    const script = new vm.Script(`${prefix}${code}\n})`, { filename: fileName, columnOffset: -prefix.length });
    return script.runInContext(context) as (imports: (specifier: string) => unknown) => unknown;
  };
  const realm: Realm = {
    kernel,
    define: ({ fileName, code }) => define(fileName, code),
    defineMarked: ({ fileName, marked }) => {
      try {
        return marked === undefined ? undefined : define(fileName, marked);
      } catch (error) {
        // A rule of the language that the compiler does not know; the run goes on without marks.
        if (isSyntaxError(error)) return undefined;
        throw error;
      }
    },
    promisePrototype: new vm.Script("Promise.prototype").runInContext(context) as object,
    drain: drainer(context),
  };
  if (!hostStaysOpen) closeHostIntrinsics();
  return realm;
}

/** Evaluating anything in the context, even nothing, lets its microtask queue run empty afterwards. */
function drainer(context: vm.Context): () => void {
  const nothing = new vm.Script("0");
  const native = nativeRunInContext(nothing, context);
  if (native !== undefined) return native;
  return () => {
    nothing.runInContext(context);
  };
}

/**
 * The function that `Script.runInContext` calls after looking at its options: looking at none, some hundred thousand times
 * a second, took a sixth of the time. It is Node's own and undocumented, so it is tried first; undefined where it differs.
 */
function nativeRunInContext(script: vm.Script, context: vm.Context): (() => void) | undefined {
  const inner: unknown = Reflect.get(Object.getPrototypeOf(vm.Script.prototype) as object, "runInContext");
  if (typeof inner !== "function") return undefined;
  const run = inner.bind(script, context, -1, true, false, false) as () => unknown;
  try {
    return run() === 0 ? run : undefined;
  } catch {
    return undefined;
  }
}

/** What the engine throws for code that it cannot parse is this process's own. */
function isSyntaxError(error: unknown): boolean {
  return error instanceof SyntaxError;
}

/** A global object with nothing of this process behind it: Node 22 and later can do without a proxy to one of ours. */
function emptyGlobal(): vm.Context {
  // Node 20 has the object of constants, but not this one.
  const marker: unknown = Reflect.get(vm.constants, "DONT_CONTEXTIFY");
  return (marker ?? Object.create(null)) as vm.Context;
}

/**
 * Makes Node tell now which promises were rejected without a handler, instead of after the current macrotask. Without
 * this function (it is old and undocumented) the caller must let a macrotask pass.
 */
export function flushRejections(): (() => void) | undefined {
  const { _tickCallback } = process as typeof process & { readonly _tickCallback?: () => void };
  return _tickCallback === undefined
    ? undefined
    : () => {
        _tickCallback.call(process);
      };
}
