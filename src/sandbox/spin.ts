/**
 * Finds the line of a loop that spins through promises alone (`for (;;) await null`): seen from outside such a loop is
 * rarely on the stack. For the one run that is to be explained, V8 tells of each promise that is made. Runs in the sandbox
 * process, outside the realm.
 */
import { promiseHooks } from "node:v8";
import { topmostFrame } from "../base/stackLines.ts";

/** Promises within one turn after which it is taken for a loop; a turn of a thousand tasks makes a few thousand. */
const promisesOfALoop = 100_000;

export interface SpinWatch {
  /** A new turn begins. */
  turn(): void;
}

/** @param file the exercise's name in stack traces @param found told once, with the line */
export function watchSpin(file: string, found: (line: number) => void): SpinWatch {
  let made = 0;
  let told = false;
  promiseHooks.createHook({
    init: () => {
      if (++made < promisesOfALoop || told) return;
      const line = topmostFrame(file, new Error().stack ?? "")?.line;
      told = line !== undefined;
      if (line !== undefined) found(line);
    },
  });
  return {
    turn: () => {
      made = 0;
    },
  };
}
