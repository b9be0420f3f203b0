// How one stage of `npm test` runs. Runs on Node 24.
import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { relative } from "node:path";
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
 * @param {{ serial: boolean, again: boolean }} how serial: one file at a time. again: a file that failed is run once more,
 *   and what it gives then counts; for tests that drive a browser, which a busy machine can disturb. Such a file is named.
 * @returns {Promise<Count>}
 */
export async function runTests(pattern, { serial, again }) {
  const files = globSync(pattern, { cwd: root }).sort();
  const counts = await runFiles(files, serial);
  const broken = [...counts].filter(([, { failed }]) => failed > 0).map(([file]) => file);
  if (again && broken.length > 0) {
    console.log(`Once more, since something failed: ${broken.join(", ")}`);
    const second = await runFiles(broken, true);
    for (const [file, count] of second) counts.set(file, count);
    const flaky = broken.filter((file) => second.get(file)?.failed === 0);
    if (flaky.length > 0) console.log(`Flaky, passed when run again: ${flaky.join(", ")}`);
  }
  const total = { passed: 0, failed: 0 };
  for (const { passed, failed } of counts.values()) {
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

/**
 * @param {readonly string[]} files relative to the root
 * @param {boolean} serial
 * @returns {Promise<Map<string, Count>>} by file
 */
async function runFiles(files, serial) {
  /** @type {Map<string, Count>} */
  const counts = new Map(files.map((file) => [file, { passed: 0, failed: 0 }]));
  if (files.length === 0) return counts;
  const countOf = (/** @type {string | undefined} */ file) => {
    const count = counts.get(relative(root, file ?? "")) ?? { passed: 0, failed: 0 };
    counts.set(relative(root, file ?? ""), count);
    return count;
  };
  const stream = run({ files: [...files], cwd: root, concurrency: serial ? 1 : true, timeout: TEST_TIMEOUT_MS });
  stream.on("test:pass", ({ details, skip, todo, file }) => {
    if (details.type !== "suite" && skip === undefined && todo === undefined) countOf(file).passed += 1;
  });
  stream.on("test:fail", ({ details, todo, file }) => {
    // A suite fails with its tests, which are counted; alone it fails only in a hook.
    const inHook = details.type === "suite" && !/subtests? failed/.test(details.error.message);
    if ((details.type !== "suite" || inHook) && todo === undefined) countOf(file).failed += 1;
  });
  const report = stream.compose(new Spec());
  for await (const text of report) process.stdout.write(text);
  return counts;
}
