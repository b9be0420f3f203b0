/** When the engine compiles code of a sandbox to machine code. Runs in the sandbox process. */
import process from "node:process";
import v8 from "node:v8";

/** From this major version on, Node's engine counts calls by these flags; what it does not know it would complain of. */
const countsFrom = 24;

/**
 * Calls of a function (or as much work in its loops) before Maglev and TurboFan compile it: by default 400 and 3,000. A realm has
 * to earn that anew, and most jobs are over before it has paid: compiling took a third of their processor time. An exercise that
 * works hard in one place reaches these within some milliseconds.
 */
const calls = { maglev: 8000, turbofan: 24_000 };

/** Set from inside, since an engine that does not know such a flag does not start with it. */
export function compileLater(): void {
  if (Number.parseInt(process.versions.node, 10) < countsFrom) return;
  for (const [compiler, count] of Object.entries(calls)) {
    v8.setFlagsFromString(`--invocation-count-for-${compiler}=${String(count)}`);
  }
}
