/** The runner of the Web Platform Tests, with a suite of our own: a small harness and a few small files. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { after, test } from "node:test";
import { root } from "../../../scripts/lib/paths.mjs";

/** The part of the suite's harness that the runner and these files use. */
const harness = `
const tests = [], listeners = [];
let complete = false, allThere = false, error = null;
const statuses = { PASS: 0, FAIL: 1, TIMEOUT: 2 };
function finish() {
  if (complete || !allThere || tests.some((test) => test.status === null)) return;
  complete = true;
  for (const listener of listeners) listener(tests, { status: error === null ? 0 : 1, message: error });
}
function begin(name) {
  const test = { name, status: null, message: null };
  tests.push(test);
  return test;
}
function end(test, status, message = null) {
  if (test.status === null) Object.assign(test, { status: statuses[status], message });
  finish();
}
function setup() {}
function done() { allThere = true; finish(); }
function timeout() { allThere = true; for (const test of tests) end(test, "TIMEOUT"); finish(); }
function add_completion_callback(listener) { listeners.push(listener); }
function assert_equals(actual, expected) { if (!Object.is(actual, expected)) throw new Error(actual + " is not " + expected); }
function async_test(run, name) { const test = begin(name); run({ done: () => end(test, "PASS") }); }
function promise_test(run, name) {
  const test = begin(name);
  run().then(() => end(test, "PASS"), (reason) => end(test, "FAIL", String(reason)));
}
function test(run, name) {
  const test = begin(name);
  try { run(); end(test, "PASS"); } catch (reason) { end(test, "FAIL", String(reason)); }
}
addEventListener("error", (event) => { error = event.message; });
`;

const passing = `// META: script=resources/answer.js
test(() => assert_equals(answer, 42), "a script before it");
test(() => assert_equals(typeof process, "undefined"), "nothing of Node");
promise_test(async () => {
  const before = Date.now();
  await new Promise((resolve) => setTimeout(resolve, 3_600_000));
  assert_equals(Date.now() - before, 3_600_000);
}, "an hour of virtual time");
promise_test(async () => assert_equals(await (await fetch("resources/data.txt")).text(), "data"), "a file of the suite");
`;

const failing = `test(() => assert_equals(1, 2), "one is two");
test(() => assert_equals(1, 1), "one is one");
`;

const endless = `async_test(() => setInterval(() => undefined, 1000), "waits for ever");
async_test((t) => setTimeout(() => t.done(), 5), "waits a little");
`;

const folder = mkdtempSync(path.join(tmpdir(), "wpt-"));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string, text: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function putExpectations(failing: readonly object[]): void {
  const suite = { repository: "ours", commit: "none" };
  put("list/expectations.json", JSON.stringify({ suite, notApplicable: [], failing }));
}

interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

function run(...args: readonly string[]): Outcome {
  const script = path.join(root, "scripts", "wpt.mjs");
  const list = path.join(folder, "list");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, folder, ...args, "--list", list], {
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}

function listed(): unknown {
  const list = JSON.parse(readFileSync(path.join(folder, "list", "results.json"), "utf8")) as { files: unknown };
  return list.files;
}

put("resources/testharness.js", harness);
put("dom/abort/resources/answer.js", "const answer = 42;");
put("dom/abort/resources/data.txt", "data");
put("dom/abort/passing.any.js", passing);
put("dom/abort/failing.any.js", failing);
put("dom/abort/endless.any.js", endless);
put("dom/abort/page.html", `<script src="/resources/testharness.js"></script><script>document.title</script>`);

const reasons = [
  { files: "dom/abort/failing", subtests: "one is two", reason: "numbers differ" },
  { files: "dom/abort/endless", subtests: "waits for ever", reason: "nobody ends it" },
];
const files = {
  "dom/abort/endless.any.js": { pass: 1, others: { "waits for ever": "TIMEOUT: nobody ends it" } },
  "dom/abort/failing.any.js": { pass: 1, others: { "one is two": "FAIL: numbers differ" } },
  "dom/abort/page.html": { notApplicable: "needs a document" },
  "dom/abort/passing.any.js": { pass: 4 },
};

test("a folder that is no suite is refused, and the way to one is shown", () => {
  const script = path.join(root, "scripts", "wpt.mjs");
  const { status, stderr } = spawnSync(process.execPath, [script, path.join(folder, "dom")], { encoding: "utf8" });
  assert.equal(status, 2);
  assert.match(stderr, /test\/wpt\/README\.md/);
});

test("what fails without a reason is told, and no list is written", () => {
  putExpectations([]);
  const { status, output } = run();
  assert.equal(status, 1, output);
  assert.match(output, /one is two: FAIL/);
  assert.match(output, /waits for ever: TIMEOUT/);
  assert.throws(listed, /ENOENT/);
});

test("with reasons the list is written, sorted, and says for each subtest what came of it", () => {
  putExpectations(reasons);
  const { status, output } = run();
  assert.equal(status, 0, output);
  assert.deepEqual(listed(), files);
  assert.deepEqual(Object.keys(listed() as object), Object.keys(files));
  assert.match(output, /\| dom\/abort +\| +3 \| +6 \| +2 \| +1 \|/);
});

test("what passed by the list and fails now is told and ends with 1; the list stays as it was", () => {
  put("dom/abort/passing.any.js", passing.replace("answer, 42", "answer, 43"));
  putExpectations([...reasons, { files: "dom/abort/passing", reason: "explained, and worse all the same" }]);
  const { status, output } = run("passing");
  assert.equal(status, 1, output);
  assert.match(output, /passed by the list: dom\/abort\/passing\.any\.js\n {4}a script before it/);
  assert.deepEqual(listed(), files);
});

test("a subtest that is not there any more is a loss, and so is a file that breaks off", () => {
  put("dom/abort/passing.any.js", passing.replace(/^promise_test[^]*$/m, ""));
  const fewer = run("passing");
  assert.equal(fewer.status, 1, fewer.output);
  assert.match(fewer.output, /2 subtests pass, and 4 by the list/);
  put("dom/abort/passing.any.js", `${passing}throw new Error("broken off");`);
  const broken = run("passing");
  assert.equal(broken.status, 1, broken.output);
  assert.match(broken.output, /outside of every subtest/);
});

test("--update takes over what has come out, for what the filter names and nothing else", () => {
  put("dom/abort/passing.any.js", failing);
  const { status } = run("passing", "--update");
  assert.equal(status, 1);
  const others = { "one is two": "FAIL: explained, and worse all the same" };
  assert.deepEqual(listed(), { ...files, "dom/abort/passing.any.js": { pass: 1, others } });
  assert.equal(run("passing").status, 0, "from now on that is what the list says");
});
