/** What bad input gets: one clear sentence, with a line where there is one. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { GradeErrorCode } from "../../src/protocol/verdict.ts";
import { createGrader, grade } from "./grading.ts";

const grader = createGrader();
after(() => {
  grader.dispose();
});

const callRun = 'await t.call("run", () => run(t.signal), { signal: t.signal });';

const files: readonly (readonly [what: string, exercise: string, code: GradeErrorCode, line: number | undefined])[] = [
  ["a syntax error", "export function run() {\n  return 1 +;\n}", "syntax-error", 2],
  ["an unclosed brace", "export function run() {\n", "syntax-error", 2],
  ["an empty file", "", "empty-file", undefined],
  ["only a comment", "// later\n", "empty-file", undefined],
  ["an enum", "export enum Colour { Red }\nexport async function run() {}", "not-erasable", 1],
  ["a namespace", "export async function run() {}\nnamespace Inner { export const x = 1; }", "not-erasable", 2],
  [
    "a parameter property",
    "class A {\n  constructor(private x: number) {}\n}\nexport async function run() {}",
    "not-erasable",
    2,
  ],
  ["a missing export", "async function run() {}", "missing-export", 1],
  ["another name", "export async function Run() {}", "missing-export", 1],
  ["an import", 'import fs from "node:fs";\nexport async function run() {}', "import-not-allowed", 1],
  ["import()", 'export async function run() {\n  await import("node:fs");\n}', "import-not-allowed", 2],
  ["a re-export", 'export * from "./solution.ts";\nexport async function run() {}', "import-not-allowed", 1],
  ["await at the top level", "await Promise.resolve();\nexport async function run() {}", "syntax-error", 1],
  ["a throw while loading", "export async function run() {}\nthrow new Error('early');", "threw-on-load", 2],
  ["a name that is not there", "export async function run() {}\nprocess.exit(0);", "threw-on-load", 2],
];

for (const [what, exercise, code, line] of files) {
  test(`${what} is ${code}`, async () => {
    const verdict = await grade(grader, { body: callRun, exercise });
    assert.equal(verdict.passed, false);
    assert.equal(verdict.error?.code, code, verdict.error?.message.en);
    assert.equal(verdict.error.source?.line, line);
    assert.ok(!verdict.error.message.en.includes("\n"));
    assert.ok(verdict.error.message["zh-cn"].length > 4);
  });
}

test("types, `satisfies`, overloads, abstract classes and a leading semicolon are erased in place", async () => {
  const exercise = [
    "type Text = string",
    ";(globalThis as any).toString()",
    "interface Shape { readonly size: number }",
    "abstract class Base<T> { abstract get(): T; declare marker: T; }",
    "class One extends Base<number> implements Shape { override get(): number { return 1 } get size(): number { return this.get()! } }",
    "export function run(a: AbortSignal): Promise<number>",
    "export async function run(a?: unknown): Promise<number> { return (new One() satisfies Shape).size as number }",
    "export type { Shape }",
    "export default One",
  ].join("\n");
  const body = `const { value } = await t.call("run", () => run(t.signal)); t.equal(value, 1, "wrong-result", { en: "x", "zh-cn": "x" });`;
  const verdict = await grade(grader, { body, exercise });
  assert.equal(verdict.error, undefined, JSON.stringify(verdict.error));
  assert.ok(verdict.passed, JSON.stringify(verdict.tests));
});

test("`using` runs", async () => {
  const exercise = `export async function run() { const log: string[] = []; { using d = { [Symbol.dispose]() { log.push("gone"); } }; log.push("here"); } return log.join(); }`;
  const body = `const { value } = await t.call("run", () => run()); t.equal(value, "here,gone", "wrong-result", { en: "x", "zh-cn": "x" });`;
  const verdict = await grade(grader, { body, exercise });
  assert.ok(verdict.passed, JSON.stringify(verdict));
});
