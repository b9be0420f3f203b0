// Runs the Web Platform Tests against the world's own platform: npm run wpt -- <folder of the suite> [part of a path]
// Compares with test/wpt/results.json and brings that list up to date. Ends with 1, and leaves the list as it was, when
// something that passes by the list does not pass any more, or fails and test/wpt/expectations.json does not say why.
// --update  takes over what has come out, also what has got worse
// --list    another folder than test/wpt for the two files
// test/wpt/README.md says where the suite is to be had. Begins on Node 20, goes on in Node 24.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { continueOnNode24 } from "./lib/node24.mjs";
import { root } from "./lib/paths.mjs";

await continueOnNode24(import.meta.filename, process.argv.slice(2));
const { bundleKernel, runPage } = await import("./lib/wpt/realm.mjs");
const { findTests } = await import("./lib/wpt/suite.mjs");
const { readList, regressions, table, toEntry, whyNotRun, writeList } = await import("./lib/wpt/list.mjs");

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { update: { type: "boolean", default: false }, list: { type: "string" } },
});
const [suite, filter = ""] = positionals;
if (suite === undefined || !existsSync(join(suite, "resources", "testharness.js"))) {
  console.error(
    suite === undefined
      ? "Usage: npm run wpt -- <folder of the suite> [part of a path]"
      : `${suite} does not hold the Web Platform Tests (there is no resources/testharness.js).`,
  );
  console.error("test/wpt/README.md says where they are to be had.");
  process.exit(2);
}

const folder = flags.list ?? join(root, "test", "wpt");
const listFile = join(folder, "results.json");
/** @type {import("./lib/wpt/list.mjs").Expectations} */
const expectations = JSON.parse(readFileSync(join(folder, "expectations.json"), "utf8"));
const known = readList(listFile);
const kernel = await bundleKernel();
const started = performance.now();

/** @type {import("./lib/wpt/list.mjs").List["files"]} */
const found = {};
let lost = 0;
let unexplained = 0;
for (const test of findTests(suite, filter)) {
  const { entry, unexplained: fresh } = await run(test);
  found[test.name] = entry;
  const gone = regressions(known?.files[test.name], entry);
  for (const line of gone) console.error(`✗ passed by the list: ${test.name}\n    ${line}`);
  for (const line of fresh) console.error(`? fails without a reason: ${test.name}\n    ${line}`);
  lost += gone.length;
  unexplained += fresh.length;
}
if (filter === "") reportMissing();

console.log(table(found));
console.log(`${Object.keys(found).length} files in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
if ((lost === 0 && unexplained === 0) || flags.update) {
  // What a filter left out, or a smaller copy of the suite lacks, stays as it was.
  await writeList(listFile, { suite: expectations.suite, files: { ...known?.files, ...found } });
}
if (lost > 0 || unexplained > 0) {
  console.error(`${lost} got worse, ${unexplained} fail without a reason in expectations.json.`);
  process.exitCode = 1;
}

/** @param {import("./lib/wpt/suite.mjs").TestFile} test */
async function run({ name, page, notApplicable }) {
  const why = notApplicable ?? whyNotRun(expectations, name);
  if (page === undefined || why !== undefined) return { entry: { notApplicable: why ?? "" }, unexplained: [] };
  return toEntry(expectations, name, await runPage(kernel, page));
}

/** What the list holds and this copy of the suite does not. */
function reportMissing() {
  const missing = Object.keys(known?.files ?? {}).filter((name) => found[name] === undefined);
  if (missing.length > 0) console.error(`This copy of the suite lacks ${missing.length} files of the list.`);
}
