// Runs one test file of the Web Platform Tests in a fresh realm with the world's globals. Time is virtual there, so a test
// that waits a second costs nothing, and one that waits for ever ends when nothing is left to happen. Runs on Node 24.
import process from "node:process";
import { setImmediate } from "node:timers";
import vm from "node:vm";
import { build } from "esbuild";
import { root } from "../paths.mjs";

/**
 * @typedef {object} Page what one test file comes down to
 * @property {string} url
 * @property {string} title
 * @property {readonly { fileName: string, code: string }[]} scripts in the order of their evaluation
 * @property {boolean} open whether the realm stays open to change, as it never does for an exercise
 * @property {(path: string) => string | undefined} read a file of the suite, by its path from the root
 *
 * @typedef {object} Kernel what test/wpt/kernel.ts gives; its functions belong to the realm
 * @property {() => void} begin
 * @property {() => boolean} step
 * @property {(error: unknown) => void} uncaught
 * @property {(reason: unknown) => void} rejected
 *
 * @typedef {"PASS" | "FAIL" | "TIMEOUT" | "NOTRUN" | "PRECONDITION_FAILED"} Status
 *
 * @typedef {object} Subtest
 * @property {string} name
 * @property {Status} status
 * @property {string | null} message
 *
 * @typedef {object} PageResult
 * @property {string | undefined} error what went wrong outside of every subtest
 * @property {readonly Subtest[]} subtests
 */

/** @type {readonly Status[]} */
const statuses = ["PASS", "FAIL", "TIMEOUT", "NOTRUN", "PRECONDITION_FAILED"];

const harness = "/resources/testharness.js";

/** Steps after which a test file that goes on and on is told that its time is up. */
const maxSteps = 50_000;

/** Evaluated right after the suite's harness, whose global functions it calls. More tests follow until `done` is called. */
const reporter = `setup({ explicit_done: true });
add_completion_callback((tests, whole) => {
  const subtests = tests.map(({ name, status, message }) => ({ name, status, message }));
  globalThis.__report = JSON.stringify({ status: whole.status, message: whole.message, subtests });
});`;

/**
 * The kernel as text, bundled as the sandbox's own is.
 * @returns {Promise<string>}
 */
export async function bundleKernel() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["test/wpt/kernel.ts"],
    bundle: true,
    write: false,
    charset: "utf8",
    platform: "neutral",
    mainFields: ["module", "main"],
    format: "iife",
    globalName: "__kernel",
    target: "es2022",
  });
  return outputFiles[0]?.text ?? "";
}

/**
 * @param {string} kernelSource
 * @param {Page} page
 * @returns {Promise<PageResult>}
 */
export async function runPage(kernelSource, page) {
  const context = vm.createContext(/** @type {any} */ (vm.constants.DONT_CONTEXTIFY), {
    microtaskMode: "afterEvaluate",
    codeGeneration: { strings: page.open, wasm: false },
  });
  const make = `(function (global, page) { ${kernelSource}\nreturn __kernel.createKernel(global, page); })`;
  /** @type {Kernel} */
  const kernel = evaluate(context, make, "kernel.js")(evaluate(context, "globalThis", "global.js"), page);
  const settle = async () => {
    evaluate(context, "0", "drain.js");
    // A macrotask later Node has told of every rejection that nobody handled.
    await new Promise((resolve) => setImmediate(resolve));
  };
  const rejected = (/** @type {unknown} */ reason) => {
    kernel.rejected(reason);
  };
  process.on("unhandledRejection", rejected);
  try {
    kernel.begin();
    for (const script of allScripts(page)) {
      try {
        evaluate(context, script.code, script.fileName);
      } catch (error) {
        kernel.uncaught(error);
      }
      await settle();
    }
    for (let steps = 0; report(context) === undefined && steps < maxSteps; steps++) {
      const ended = kernel.step();
      await settle();
      if (ended) break;
    }
    if (report(context) === undefined) {
      evaluate(context, "timeout()", "timeout.js");
      await settle();
    }
    return toResult(report(context));
  } finally {
    process.off("unhandledRejection", rejected);
  }
}

/**
 * @param {Page} page
 * @returns {Page["scripts"]}
 */
function allScripts({ title, scripts }) {
  const endsItself = scripts.some(
    ({ fileName, code }) => fileName !== harness && /\b(explicit_done|single_test)\b/.test(code),
  );
  return [
    { fileName: "title.js", code: `var META_TITLE = ${JSON.stringify(title)};` },
    ...scripts.flatMap((script) =>
      script.fileName === harness ? [script, { fileName: "reporter.js", code: reporter }] : [script],
    ),
    ...(endsItself ? [] : [{ fileName: "done.js", code: "done();" }]),
  ];
}

/**
 * @param {vm.Context} context
 * @param {string} code
 * @param {string} fileName
 * @returns {any} a value of the realm
 */
function evaluate(context, code, fileName) {
  return new vm.Script(code, { filename: fileName }).runInContext(context);
}

/**
 * @param {vm.Context} context
 * @returns {string | undefined}
 */
function report(context) {
  const text = evaluate(context, "globalThis.__report", "report.js");
  return typeof text === "string" ? text : undefined;
}

/**
 * @param {string | undefined} text
 * @returns {PageResult}
 */
function toResult(text) {
  if (text === undefined) return { error: "The harness did not come to an end.", subtests: [] };
  const { status, message, subtests } = JSON.parse(text);
  const names = new Map();
  return {
    // 2: some subtests timed out, and say so themselves.
    error: status === 0 || status === 2 ? undefined : String(message),
    subtests: subtests.map((/** @type {{ name: string, status: number, message: string | null }} */ subtest) => {
      const count = (names.get(subtest.name) ?? 0) + 1;
      names.set(subtest.name, count);
      const name = count === 1 ? subtest.name : `${subtest.name} (${count})`;
      return { name, status: statuses[subtest.status] ?? "FAIL", message: subtest.message };
    }),
  };
}
