/**
 * Entry of the program that a debugger runs (dist/debuggee.js JOB): plays one schedule of one test in one run, in the same
 * realm as the sandbox does. A debugger needs files, processes and a network of its own, so this process has no permission
 * model around it; the realm holds all the same, and there is no network once this has begun. Nothing watches it.
 * Ends with 0 where the test passed, 1 where it did not, 2 where the schedule could not be played.
 */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import type { DebugJob } from "../protocol/debugJob.ts";
import type { FromSandboxMessage } from "../protocol/sandboxMessages.ts";
import { DebugConsole } from "./debugConsole.ts";
import { createRealm } from "./realm.ts";
import { runOnce } from "./runJob.ts";
import { networkKinds, removeNetwork } from "./withoutNetwork.ts";

async function main(): Promise<void> {
  const [program = "", jobFile = ""] = process.argv.slice(1);
  const kernelSource = fs.readFileSync(path.join(path.dirname(program), "kernel.js"), "utf8");
  const { replay, title, text, log, words } = JSON.parse(fs.readFileSync(jobFile, "utf8")) as DebugJob;
  // Only the extension makes it; a debugger that starts this program again appends nothing to an old run.
  const file = fs.openSync(log, "w");
  const changed = fs.readFileSync(replay.exercise.fileName, "utf8").replace(/^\uFEFF/, "") !== text;
  removeNetwork(networkKinds());
  const realm = createRealm(kernelSource);
  process.on("unhandledRejection", (reason) => {
    realm.kernel.rejected(reason);
  });
  const debugConsole = new DebugConsole(words, writeAll);
  if (changed) {
    debugConsole.refuse();
    process.exitCode = 2;
    return;
  }
  debugConsole.begin();
  await runOnce(replay, title, realm, (message) => {
    writeAll(file, `${JSON.stringify(message)}\n`);
    debugConsole.tell(message);
    process.exitCode = exitStatus(message);
  });
}

/** Written before this returns: while the run is stopped, nothing else is. */
function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) written += fs.writeSync(file, bytes, written);
}

function exitStatus(message: FromSandboxMessage): number {
  if (message.type !== "done") return 2;
  return message.verdict?.status === "passed" ? 0 : 1;
}

void main();
