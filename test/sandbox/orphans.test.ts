/** Whoever started sandboxes may be killed at any time: none of them may go on, not even one that is stuck in a loop. */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

const run = promisify(execFile);
/** Real ms: a second is what `tail` itself may take to look. */
const patienceMs = 20_000;

async function sandboxesOf(owner: number): Promise<readonly number[]> {
  const { stdout } = await run("pgrep", ["-P", String(owner), "-f", "sandbox.js"]);
  return stdout.trim().split("\n").map(Number);
}

/** Resolves when that process is gone. */
async function gone(pid: number): Promise<void> {
  await run("tail", ["--pid", String(pid), "-s", "0.02", "-f", "/dev/null"], { timeout: patienceMs });
}

test("no sandbox outlives an editor that is killed", async () => {
  const owner = spawn(process.execPath, [path.join(import.meta.dirname, "orphanOwner.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { pid } = owner;
  assert.ok(pid !== undefined);
  await once(owner.stdout, "data");
  const sandboxes = await sandboxesOf(pid);
  assert.equal(sandboxes.length, 2, "the one that is stuck, and a spare");
  owner.kill("SIGKILL");
  await once(owner, "exit");
  await Promise.all(sandboxes.map(gone));
});
