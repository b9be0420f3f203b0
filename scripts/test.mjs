// `npm test`: checks everything, from a fresh clone on Node 20 onwards. Installs what is missing, goes on in Node 24, and runs
// the stages below one after another; a stage that fails does not keep the later ones from running.
// npm test -- --only unit,lessons   runs these stages (and the build, where they need it)
// npm test -- --skip vscode         runs all the others
// Its last line is always "N passed, N failed".
import process from "node:process";
import { parseArgs } from "node:util";
import { ensureInstalled } from "./lib/install.mjs";
import { continueOnNode24 } from "./lib/node24.mjs";

const { values: flags } = parseArgs({ options: { only: { type: "string" }, skip: { type: "string" } } });
await ensureInstalled();
await continueOnNode24(import.meta.filename, process.argv.slice(2));
const { runCommand, runTests } = await import("./lib/stages.mjs");

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {readonly string[]} [command] counts as one test: it passes when this, run by Node, ends with 0
 * @property {string} [tests] node:test files
 * @property {number} [atLeast] so many tests must have run, or the stage has lost some: raised by hand as tests are added
 * @property {boolean} [serial] one file at a time
 * @property {boolean} [again] a file that failed is run once more, and named
 * @property {boolean} [built] needs dist/
 */

/** @type {readonly Stage[]} */
const stages = [
  { name: "types", command: ["node_modules/typescript/bin/tsc", "-b"] },
  { name: "lint", command: ["node_modules/eslint/bin/eslint.js", "."] },
  { name: "format", command: ["node_modules/prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."] },
  { name: "unused", command: ["node_modules/knip/bin/knip.js"] },
  { name: "build", command: ["scripts/build.mjs"] },
  { name: "unit", tests: "test/unit/**/*.test.ts", atLeast: 1172 },
  {
    name: "lessons",
    command: ["dist/cli.js", "verify"],
    tests: "test/lessons/**/*.test.ts",
    atLeast: 1005,
    built: true,
  },
  { name: "sandbox", tests: "test/sandbox/**/*.test.ts", atLeast: 760, built: true },
  { name: "webview", tests: "test/webview/**/*.test.ts", atLeast: 122, serial: true, again: true },
  { name: "vscode", tests: "test/vscode/**/*.e2e.ts", atLeast: 54, built: true, serial: true, again: true },
];

const selected = select();
let passed = 0;
let failed = 0;
let built = true;
for (const stage of selected) {
  console.log(`\n━━ ${stage.name} ${"━".repeat(70 - stage.name.length)}`);
  const started = performance.now();
  /** @type {{ passed: number, failed: number }} */
  const result = stage.built && !built ? notRun() : await runStage(stage);
  if (stage.name === "build") built = result.failed === 0;
  passed += result.passed;
  failed += result.failed;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`── ${stage.name}: ${result.passed} passed, ${result.failed} failed, in ${seconds} s`);
}
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
console.log(`\n${passed} passed, ${failed} failed`);

/** @param {Stage} stage */
async function runStage({ command, tests, atLeast = 0, serial = false, again = false }) {
  const total = { passed: 0, failed: 0 };
  const add = (/** @type {{ passed: number, failed: number }} */ part) => {
    total.passed += part.passed;
    total.failed += part.failed;
  };
  if (command) add(await runCommand(command));
  if (tests !== undefined) {
    const part = await runTests(tests, { serial, again });
    add(part);
    if (part.passed + part.failed < atLeast) {
      console.error(`Only ${part.passed + part.failed} tests ran, of at least ${atLeast} in ${tests}.`);
      total.failed += 1;
    }
  }
  return total;
}

function notRun() {
  console.error("Not run: it needs what the build makes, and the build failed.");
  return { passed: 0, failed: 1 };
}

/** The stages that the flags ask for, in order. */
function select() {
  const only = flags.only?.split(",");
  const skip = flags.skip?.split(",") ?? [];
  const known = stages.map(({ name }) => name);
  const unknown = [...(only ?? []), ...skip].filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no stage ${unknown.join(", ")}: the stages are ${known.join(", ")}.`);
    process.exit(2);
  }
  const wanted = stages.filter(({ name }) => (only?.includes(name) ?? true) && !skip.includes(name));
  const needsBuild = wanted.some((stage) => stage.built) && !skip.includes("build");
  return stages.filter((stage) => wanted.includes(stage) || (stage.name === "build" && needsBuild));
}
