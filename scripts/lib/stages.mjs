// How one stage of `npm test` runs. Runs on Node 24.
import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import process from "node:process";
import { run } from "node:test";
import { spec as Spec } from "node:test/reporters";
import { root } from "./paths.mjs";

/** A test that hangs fails after this. */
const TEST_TIMEOUT_MS = 300_000;

/** @typedef {{ passed: number, failed: number }} Count */

/**
 * Runs a program of ours with Node; it counts as one test.
 * @param {readonly string[]} args
 * @returns {Promise<Count>}
 */
export async function runCommand(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  const ok = await new Promise((resolve) => {
    child.on("error", () => resolve(false));
    child.on("exit", (code) => resolve(code === 0));
  });
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * Runs files of node:test, each in a process of its own, and counts their tests. A skipped test counts as neither.
 * @param {string} pattern
 * @param {boolean} serial one file at a time
 * @returns {Promise<Count>}
 */
export async function runTests(pattern, serial) {
  const files = globSync(pattern, { cwd: root }).sort();
  const count = { passed: 0, failed: 0 };
  if (files.length === 0) return count;
  const stream = run({ files, cwd: root, concurrency: serial ? 1 : true, timeout: TEST_TIMEOUT_MS });
  stream.on("test:pass", ({ details, skip, todo }) => {
    if (details.type !== "suite" && skip === undefined && todo === undefined) count.passed += 1;
  });
  stream.on("test:fail", ({ details, todo }) => {
    // A suite fails with its tests, which are counted; alone it fails only in a hook.
    const inHook = details.type === "suite" && !/subtests? failed/.test(details.error.message);
    if ((details.type !== "suite" || inHook) && todo === undefined) count.failed += 1;
  });
  const report = stream.compose(new Spec());
  for await (const text of report) process.stdout.write(text);
  return count;
}
