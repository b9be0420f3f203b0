/**
 * The kernel: runs tests inside the realm that learner code lives in. Evaluated there first, before any other code;
 * its completion value is the only handle to it, and what passes through that handle are strings and numbers (and the
 * realm's own functions and promises on their way back into it).
 */
import { addBuiltinEffects } from "../../world/accesses/builtinEffects.ts";
import { Callees } from "../../world/accesses/callee.ts";
import { addPromiseEffects } from "../../world/accesses/promiseEffects.ts";
import { addWorldEffects } from "../../world/accesses/worldEffects.ts";
import { addMissingBuiltins } from "./missingBuiltins.ts";
import { installGlobals } from "./globals.ts";
import { closeGlobal, harden } from "./harden.ts";
import type { StackFrames } from "./stackFrames.ts";
import { closedKernel } from "./closed.ts";
import { hideSource } from "./hideSource.ts";
import { ourPrototypes } from "./ourPrototypes.ts";
import type { Kernel } from "./kernel.ts";
import { KernelInRealm } from "./kernelInRealm.ts";

/** Frames kept of a stack: enough to reach the exercise from the depths of the world, since each frame costs time. */
const stackFrames = 10;

/**
 * Builds the kernel in a fresh realm and closes the realm's built-ins to change.
 * @param open whether properties may be added to the global object
 */
export function createKernel(global: object, open = false): Kernel {
  Object.defineProperty(Error, "stackTraceLimit", { value: stackFrames });
  addMissingBuiltins();
  hideSource();
  let builtins: ReadonlySet<object> = new Set();
  const kernel = new KernelInRealm(global, () => knownCallees(global, builtins));
  const prepare = (error: unknown, frames: Parameters<StackFrames["prepare"]>[1]): string =>
    kernel.frames.prepare(error, frames);
  Object.defineProperty(Error, "prepareStackTrace", { value: prepare });
  installGlobals(global, () => kernel.run);
  builtins = harden(global, ourPrototypes(kernel.run.harness));
  closeGlobal(global, builtins, open);
  const handle: Kernel = {
    load: (...modules) => {
      kernel.load(...modules);
    },
    list: () => kernel.list(),
    begin: (test, decisions, seed, recording) => {
      kernel.begin(test, decisions, seed, recording);
    },
    explore: (test) => {
      kernel.explore(test);
    },
    countOrder: () => {
      kernel.countOrder();
    },
    space: () => kernel.space(),
    beginWatched: (test, decisions, seed) => {
      kernel.beginWatched(test, decisions, seed);
    },
    promiseMade: (promise, parent) => {
      kernel.promiseMade(promise, parent);
    },
    promiseSettled: (promise) => {
      kernel.promiseSettled(promise);
    },
    watched: () => kernel.watched(),
    footprints: () => kernel.footprints(),
    passed: () => kernel.passed(),
    unknownReasons: () => kernel.unknownReasons(),
    follow: (follower) => {
      kernel.follow(follower);
    },
    beginScript: () => {
      kernel.beginScript();
    },
    ...simulating(kernel),
    step: () => kernel.step(),
    rejected: (reason) => {
      kernel.rejected(reason);
    },
    rejectionHidden: () => {
      kernel.run.rejectionHidden();
    },
    failure: () => kernel.run.finding?.diagnosis ?? "",
    optionCounts: () => characters(kernel.run.optionCounts),
    strikeCounts: () => characters(kernel.run.strikeCounts),
    taken: () => characters(kernel.run.taken),
    offered: () => kernel.offered(),
    stepsDone: () => kernel.run.stepsDone,
    misfit: () => kernel.run.misfit,
    fingerprint: () => kernel.fingerprint(),
    now: () => kernel.run.now(),
    size: () => kernel.size(),
    output: () => JSON.stringify(kernel.run.output),
    report: () => kernel.report(),
  };
  return closedKernel(handle, {
    broke: (thrown) => {
      kernel.broke(thrown);
    },
    list: (thrown) => kernel.loadError("spec", thrown),
  });
}

/** The language's and the world's own functions, for code with marks. They are closed: it does not matter when they are looked at. */
function knownCallees(global: object, builtins: ReadonlySet<object>): Callees {
  const callees = new Callees();
  addBuiltinEffects(callees);
  addPromiseEffects(callees);
  addWorldEffects(callees, global);
  callees.addBuiltins(builtins);
  return callees;
}

function simulating(kernel: KernelInRealm): Pick<Kernel, "simulate" | "beginSimulated" | "sample"> {
  return {
    simulate: (scenario) => {
      kernel.simulate(scenario);
    },
    beginSimulated: (run, recording) => {
      kernel.beginSimulated(run, recording);
    },
    sample: () => kernel.sample(),
  };
}

/** The cheapest way across for small numbers. */
function characters(values: readonly number[]): string {
  let text = "";
  for (const value of values) text += String.fromCharCode(Math.min(value, 0xffff));
  return text;
}
