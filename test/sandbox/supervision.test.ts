/** The sandbox watched from outside: loops, floods, memory, cancelling, and what learner code cannot reach. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, test } from "node:test";
import { assertPassed, createGrader, failureOf, grade, request } from "./grading.ts";

const grader = createGrader();
grader.warm();
after(() => {
  grader.dispose();
});

const callRun = 'await t.call("run", () => run(t.signal), { signal: t.signal });';

const loops: readonly (readonly [string, string])[] = [
  ["for ever", "export async function run() { for (;;); }"],
  ["in microtasks", "export async function run() { for (;;) await null; }"],
  ["in a timer", "export async function run() { await new Promise(() => setTimeout(() => { while (true); }, 5)); }"],
  ["while loading", "while (true); export async function run() {}"],
  ["in a getter of what it throws", "export async function run() { throw { get message() { for (;;); } }; }"],
  ["in a regular expression", 'export async function run() { /^(a+)+$/.test("a".repeat(50) + "!"); }'],
];

for (const [where, exercise] of loops) {
  test(`an endless loop ${where} is stopped and named`, async () => {
    // What it throws is looked at once it is to be told.
    const body = `${callRun} t.check(t.works.length > 0, "wrong-result", { en: "no work", "zh-cn": "没有工作" });`;
    const verdict = await grade(grader, { body, exercise });
    assert.equal(verdict.error?.code, "endless-loop");
    assert.equal(verdict.passed, false);
  });
}

test("after a loop, the next run works: there is a spare", async () => {
  assertPassed(await grade(grader, { body: callRun, exercise: "export async function run() {}" }));
});

test("two runs at once do not disturb each other", async () => {
  const [stuck, fine, wrong] = await Promise.all([
    grade(grader, { body: callRun, exercise: "export async function run() { for (;;); }" }),
    grade(grader, { body: callRun, exercise: "export async function run() {}" }),
    grade(grader, { body: callRun, exercise: "export async function run() { setTimeout(() => {}, 1); }" }),
  ]);
  assert.equal(stuck.error?.code, "endless-loop");
  assertPassed(fine);
  assert.equal(failureOf(wrong).diagnosis, "timer-still-armed");
});

test("timers that go on for ever are a finding, not a hang", async () => {
  const exercise = "export function run() { return new Promise(() => { setInterval(() => {}, 1); }); }";
  assert.equal(failureOf(await grade(grader, { body: callRun, exercise })).diagnosis, "busy-loop");
});

test("memory has an end", async () => {
  const exercise =
    "export async function run() { const kept = []; for (;;) kept.push(new Array(1e5).fill(kept.length)); }";
  const { error } = await grade(grader, { body: callRun, exercise });
  assert.ok(error?.code === "out-of-memory" || error?.code === "endless-loop", error?.code);
});

test("an abort cancels the run and kills its process", async () => {
  const controller = new AbortController();
  const running = grader.grade(request(callRun, "export async function run() { for (;;); }"), controller.signal);
  controller.abort();
  assert.equal((await running).error?.code, "cancelled");
});

test("printing without end is capped, and shown", async () => {
  const exercise =
    'export async function run() { for (let i = 0; i < 1e4; i++) console.log("line", i, "x".repeat(1000)); }';
  const verdict = await grade(grader, { body: callRun, exercise });
  assertPassed(verdict);
  const output = verdict.tests[0]?.output ?? [];
  assert.equal(output.length, 200);
  assert.ok(output.every((line) => line.length <= 501));
});

const ways: readonly (readonly [string, string])[] = [
  ["no process", "typeof process === 'undefined'"],
  ["no require", "typeof require === 'undefined'"],
  ["no module", "typeof module === 'undefined'"],
  ["no Buffer", "typeof Buffer === 'undefined'"],
  [
    "no kernel",
    "typeof __kernel === 'undefined' && !Object.getOwnPropertyNames(globalThis).some((n) => /kernel/i.test(n))",
  ],
  ["no eval", "refused(() => eval('1'))"],
  ["no Function from text", "refused(() => Function('return 1')())"],
  ["no async function from text", "refused(() => (async () => {}).constructor('return 1'))"],
  ["no way up through constructors", "refused(() => globalThis.constructor.constructor('return process')())"],
  [
    "no way up through an error",
    "refused(() => { try { null.x } catch (e) { return e.constructor.constructor('return process')() } })",
  ],
  ["built-ins cannot be patched", "refused(() => { Array.prototype.push = () => {} })"],
  ["promises cannot be patched", "refused(() => { Promise.prototype.then = () => {} })"],
  ["globals cannot be replaced", "refused(() => { globalThis.setTimeout = () => {} })"],
  ["signals cannot be patched", "refused(() => { AbortSignal.prototype.addEventListener = () => {} })"],
  ["no stack-trace hook", "refused(() => { Error.prepareStackTrace = () => {} })"],
  ["no frames of the host", "!/node:|sandbox\\.js/.test(new Error('x').stack)"],
  ["no WeakRef", "refused(() => new WeakRef({}))"],
  ["no Atomics", "refused(() => Atomics.wait)"],
  [
    "errors may be given names all the same",
    "(() => { class Mine extends Error { constructor() { super('m'); this.name = 'Mine' } }; return String(new Mine()) === 'Mine: m' })()",
  ],
  [
    "objects may be given a toString all the same",
    "(() => { const o = {}; o.toString = () => 'mine'; return String(o) === 'mine' })()",
  ],
];

for (const [what, holds] of ways) {
  test(`inside: ${what}`, async () => {
    const exercise = `function refused(attempt: () => unknown): boolean { try { attempt(); return false } catch { return true } }
      export async function run() { return ${holds}; }`;
    const body = `const { value } = await t.call("run", () => run()); t.equal(value, true, "wrong-result", { en: "no", "zh-cn": "否" });`;
    assertPassed(await grade(grader, { body, exercise }));
  });
}

test("what it throws may be anything", async () => {
  for (const thrown of [
    "null",
    "undefined",
    "Symbol('s')",
    "new Proxy({}, { get() { throw 1 } })",
    "{ toString() { throw 2 } }",
    "(() => { const r = Proxy.revocable({}, {}); r.revoke(); return r.proxy })()",
  ]) {
    const verdict = await grade(grader, {
      body: 'await t.call("run", () => run(t.signal)); t.check(false, "wrong-result", { en: "end", "zh-cn": "完" });',
      exercise: `export async function run() { throw ${thrown}; }`,
    });
    assert.equal(verdict.passed, false);
    assert.equal(verdict.error, undefined, JSON.stringify(verdict.error));
    const loaded = await grade(grader, { body: callRun, exercise: `export async function run() {}\nthrow ${thrown};` });
    assert.equal(loaded.error?.code, "threw-on-load");
  }
});

test("a grader that was disposed of leaves no process behind", async () => {
  const own = createGrader();
  own.warm();
  await grade(own, { body: callRun, exercise: "export async function run() {}" });
  own.dispose();
  // Whoever was killed is gone once its parent has seen the exit; ask until the kernel has no such child.
  const children = (): number => {
    try {
      const found = execFileSync("pgrep", ["-P", String(process.pid), "-f", "sandbox.js"], { encoding: "utf8" });
      return found.trim().split("\n").filter(Boolean).length;
    } catch {
      return 0;
    }
  };
  const others = 1; // the spare of this file's own grader
  for (let looks = 0; looks < 500 && children() > others; looks++)
    await new Promise((resolve) => setImmediate(resolve));
  assert.ok(children() <= others, "a sandbox outlived its grader");
});
