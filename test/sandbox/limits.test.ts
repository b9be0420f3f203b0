/** What a sandbox may take: time, memory, output; and where it was when it took too much. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { createNodeGrader } from "../../src/runner/node/createNodeGrader.ts";
import { createGrader, grade, request } from "./grading.ts";

const grader = createGrader();
grader.warm();
after(() => {
  grader.dispose();
});

const callRun = 'await t.call("run", () => run(t.signal), { signal: t.signal });';

/**
 * Each spins in its line 3 (or in one of those that are given: an async function that is looked at in the very moment in which it goes
 * on is at its head).
 */
const loops: readonly (readonly [where: string, exercise: string, lines?: readonly number[]])[] = [
  ["for ever", "export async function run() {\n  let n = 0;\n  for (;;) n++;\n}"],
  ["in a function it calls", "export async function run() { spin(); }\nfunction spin() {\n  while (true);\n}"],
  ["while loading", "export async function run() {}\n\nwhile (true);"],
  [
    "in a timer",
    "export async function run() {\n  await new Promise(() => setTimeout(() => {\n    while (true);\n  }, 5));\n}",
  ],
  [
    "in a listener",
    "export async function run(signal) {\n  const own = new AbortController();\n  own.signal.onabort = () => { for (;;); };\n  own.abort();\n}",
  ],
  [
    "in a regular expression",
    'export async function run() {\n  const text = "a".repeat(50) + "!";\n  return /^(a+)+$/.test(text);\n}',
  ],
  ["in a callback of a built-in", "export async function run() {\n  [1].map(() => {\n    for (;;);\n  });\n}"],
  [
    "in an iterator that never ends",
    "function* all() {\n  for (let n = 0; ; n++)\n    yield 1;\n}\nexport async function run() { for (const one of all()); }",
    [1, 2, 3, 5],
  ],
  ["in awaits", "export async function run() {\n  for (;;)\n    await null;\n}", [1, 2, 3]],
  [
    "in promise callbacks",
    "export function run() {\n  return Promise.resolve().then(function again() {\n    return Promise.resolve().then(again);\n  });\n}",
    [2, 3],
  ],
  [
    "in an async function it awaits",
    "export async function run() {\n  for (;;)\n    await tick();\n}\nasync function tick() {}",
    [1, 2, 3, 5],
  ],
];

for (const [where, exercise, lines = [3]] of loops) {
  test(`the line of an endless loop ${where} is told`, async () => {
    const { error } = await grade(grader, { body: callRun, exercise });
    assert.equal(error?.code, "endless-loop");
    assert.ok(lines.includes(error.source?.line ?? 0), `line ${String(error.source?.line)}`);
    assert.match(error.message.en, new RegExp(`at line ${String(error.source?.line)}`));
    assert.match(error.message["zh-cn"], new RegExp(`第 ${String(error.source?.line)} 行`));
  });
}

/** Holds on to more and more, turn by turn, so that the run makes progress all the time. */
const hoarders: readonly (readonly [what: string, more: string])[] = [
  ["arrays", "new Array(1e6).fill(kept.length)"],
  ["buffers", "new Uint8Array(8 << 20).fill(1)"],
  ["buffers that it never touches", "new ArrayBuffer(64 << 20)"],
];

for (const [what, more] of hoarders) {
  test(`memory has an end: ${what}`, async () => {
    const exercise = `const kept: unknown[] = [];
      export async function run() {
        for (;;) { kept.push(${more}); await new Promise((next) => setTimeout(next, 1)); }
      }`;
    const { error } = await grade(grader, { body: callRun, exercise });
    assert.equal(error?.code, "out-of-memory");
  });
}

/** A sandbox that says what it likes: this program in the place of sandbox.js. */
async function answersOf(program: string): Promise<string | undefined> {
  const folder = mkdtempSync(path.join(tmpdir(), "interleave-answers-"));
  writeFileSync(path.join(folder, "package.json"), '{ "type": "commonjs" }');
  writeFileSync(
    path.join(folder, "sandbox.js"),
    `const fs = require("node:fs");\nconst say = (text) => fs.writeSync(1, text);\n${program}`,
  );
  writeFileSync(
    path.join(folder, "compiler.js"),
    `require(${JSON.stringify(path.join(import.meta.dirname, "../../dist/compiler.js"))});`,
  );
  const own = createNodeGrader({ distDir: folder });
  try {
    const verdict = await own.grade(request(callRun, "export async function run() {}"), new AbortController().signal);
    assert.equal(verdict.passed, false);
    return verdict.error?.code;
  } finally {
    own.dispose();
    rmSync(folder, { recursive: true });
  }
}

const ready = 'say(JSON.stringify({ type: "ready", confinement: [] }) + "\\n");';

test("a sandbox that floods its parent is stopped", async () => {
  const endless = `${ready}\nprocess.stdin.once("data", () => { const much = "x".repeat(1e6); for (;;) say(much); });`;
  assert.equal(await answersOf(endless), "output-too-large");
  const many = `${ready}\nprocess.stdin.once("data", () => { const line = JSON.stringify({ type: "progress", test: "x".repeat(1e5), schedules: 1 }) + "\\n"; for (;;) say(line); });`;
  assert.equal(await answersOf(many), "output-too-large");
});

test("what is no message is not taken over", async () => {
  const verdict = { name: "it", title: { en: "it", "zh-cn": "它" }, output: [], status: "passed" };
  for (const answer of [
    "nonsense",
    "null",
    '{"type":"tested"}',
    JSON.stringify({
      type: "tested",
      verdict: { ...verdict, schedules: { run: -1, total: null, exhaustive: true, deviations: 0 } },
    }),
    JSON.stringify({ type: "failed", error: { code: "cancelled", message: { en: "", "zh-cn": "" } } }),
    '{"type":"done","extra":1}',
  ]) {
    const program = `${ready}\nprocess.stdin.once("data", () => { say(${JSON.stringify(answer)} + "\\n"); });`;
    assert.equal(await answersOf(program), "sandbox-crashed", answer);
  }
});

test("a sandbox that ends at once, early, or while it answers is a crash, not a hang", async () => {
  for (const program of [
    "process.exit(3);",
    `${ready} process.exit(0);`,
    `${ready} say('{"type":"li'); process.exit(0);`,
  ]) {
    assert.equal(await answersOf(program), "sandbox-crashed", program);
  }
});
