/**
 * Entry of the program that a debugger runs (dist/debuggee.js JOB): plays one schedule of one test in one run, in the same
 * realm as the sandbox does. A debugger needs files, processes and a network of its own, so this process has no permission
 * model around it; the realm holds all the same, and there is no network once this has begun. Nothing watches it.
 * Ends with 0 once it was played, whatever came of it, and with 2 where it could not be.
 */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import vm from "node:vm";
import type { DebugJob } from "../protocol/debugJob.ts";
import { DebugConsole, type Lines } from "./debugConsole.ts";
import { createRealm, kernelScript } from "./realm.ts";
import { runOnce } from "./runJob.ts";
import { networkKinds, removeNetwork } from "./withoutNetwork.ts";

/** Exit status. */
const cannotPlay = 2;

async function main(): Promise<void> {
  const [program = "", jobFile = ""] = process.argv.slice(1);
  const kernel = kernelScript(fs.readFileSync(path.join(path.dirname(program), "kernel.js"), "utf8"));
  const { replay, title, text, log, words } = JSON.parse(fs.readFileSync(jobFile, "utf8")) as DebugJob;
  // Only the extension makes it; a debugger that starts this program again appends nothing to an old run.
  const file = fs.openSync(log, "w");
  const changed = fs.readFileSync(replay.exercise.fileName, "utf8").replace(/^\uFEFF/, "") !== text;
  prepareConsole();
  removeNetwork(networkKinds());
  const realm = createRealm(kernel, { globalStaysOpen: true });
  process.on("unhandledRejection", (reason) => {
    realm.kernel.rejected(reason);
  });
  const debugConsole = new DebugConsole({ words, exercise: console, own: ownLines() });
  if (changed) {
    debugConsole.refuse();
    process.exitCode = cannotPlay;
    return;
  }
  debugConsole.begin();
  await runOnce(replay, title, realm, (message) => {
    writeAll(file, `${JSON.stringify(message)}\n`);
    debugConsole.tell(message);
    if (message.type === "failed") process.exitCode = cannotPlay;
  });
}

/** Once there is no network, Node could no longer open the pipes that its console writes to. */
function prepareConsole(): void {
  for (const stream of [process.stdout, process.stderr]) stream.write("");
}

/** A debugger shows beside each line which script it comes from, and that script on a click. */
const ownScript = "(say, text) => say(text); // This line was written by Interleave, not by your exercise.";

/** Our own lines come from a script with a name that says so. */
function ownLines(): Lines {
  const script = new vm.Script(ownScript, { filename: "world" });
  const call = script.runInThisContext() as (say: (text: string) => void, text: string) => void;
  const { log, error } = console;
  return {
    log: (text) => {
      call(log, text);
    },
    error: (text) => {
      call(error, text);
    },
  };
}

/** Written before this returns: while the run is stopped, nothing else is. */
function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) written += fs.writeSync(file, bytes, written);
}

void main();
