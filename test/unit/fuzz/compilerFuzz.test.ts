// Exercises and specs, broken at random, through the compiler: it never throws, and what it gives is either an error with
// its code or code that the engine parses, with marks and without. FUZZ_RUNS sets how many; TEST_SEED repeats a run.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import vm from "node:vm";
import { root } from "../../../scripts/lib/paths.mjs";
import { compileForEngine } from "../../../src/runner/node/compileForEngine.ts";
import { mutateText, oneOf, randomFrom } from "./mutate.ts";

const runs = Number(process.env["FUZZ_RUNS"] ?? 150);
const seed = Number(process.env["TEST_SEED"] ?? 1);

const files = globSync("lessons/*/{exercise,solution,spec,mistakes/*}.ts", { cwd: root }).sort();
const sources = files.map((file) => readFileSync(join(root, file), "utf8"));

const bits = [
  ..."( ) { } [ ] ; , . => async await yield * ? : ?. ?? ! ~ ` ${ / /* */ // \" ' \\ # @ < > <T> as satisfies enum".split(
    " ",
  ),
  ..."namespace declare abstract class interface type import export default from return break continue case".split(" "),
  ..."let const var using function* static get set new.target super this delete typeof void in of instanceof".split(
    " ",
  ),
  ..."import('x') import.meta #x <!-- --> \\u0061 0n 08 1_ /[/ /a/gg export{a} export*from'x' return;}) })(".split(" "),
  ...["\n", "\r", "\u2028", "\0", "\ud800", "let a;", "label: for (;;) ", "with (a) {}", "eval = 1;", '"use strict";'],
  ...[
    'export { a as "x y" };',
    "export default class {}",
    "export = 1;",
    "import a = b;",
    "({ __proto__: 1, __proto__: 2 });",
  ],
];

function assertParses(code: string): void {
  new vm.Script(`(function (__import) { "use strict"; ${code}\n})`);
}

function check(source: string, knowsUsing: boolean): "error" | "marked" | "plain" {
  for (const mayImport of [false, true]) {
    const compiled = compileForEngine(source, { fileName: "exercise.ts", mayImport, knowsUsing });
    if ("error" in compiled) {
      const { code, message, source: at } = compiled.error;
      assert.match(code, /^(?:syntax-error|empty-file|not-erasable|import-not-allowed)$/);
      assert.ok(message.en !== "" && message["zh-cn"] !== "");
      if (at !== undefined) assert.ok(at.line >= 1 && at.column >= 1);
      if (mayImport) return "error";
      continue;
    }
    const { module } = compiled;
    assertParses(module.code);
    if (module.marked !== undefined) assertParses(module.marked);
    // Not marked is a decision of the marker with its reason, never an accident of the marking.
    else assert.doesNotMatch(module.unmarked ?? "Syntax error", /Syntax error/);
    if (mayImport) return module.marked === undefined ? "plain" : "marked";
  }
  throw new Error("not reached");
}

test(`exercises broken at random compile or say why not (FUZZ_RUNS=${String(runs)} TEST_SEED=${String(seed)})`, () => {
  const outcomes = { error: 0, marked: 0, plain: 0 };
  for (let run = 0; run < runs; run++) {
    const pick = randomFrom(seed + run);
    const source = mutateText(oneOf(pick, sources), pick, bits);
    try {
      outcomes[check(source, run % 2 === 0)]++;
    } catch (error) {
      throw new Error(`TEST_SEED=${String(seed + run)} FUZZ_RUNS=1\n${source}`, { cause: error });
    }
  }
  if (runs >= 100) assert.ok(outcomes.error > 0 && outcomes.marked > 0, JSON.stringify(outcomes));
});

test("code that nests without end is an error of the file, not of the compiler", () => {
  for (const [open, close] of [
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
    ["!", ""],
    ["`${", "}`"],
    ["a?.(", ")"],
    ["() => ", ""],
  ] as const) {
    const source = `export const a = ${open.repeat(50_000)}1${close.repeat(50_000)};`;
    const compiled = compileForEngine(source, { fileName: "exercise.ts", mayImport: false, knowsUsing: true });
    assert.ok("error" in compiled, open);
    assert.equal(compiled.error.code, "syntax-error", open);
  }
});

test("what only the engine knows to be wrong is a syntax error with its place", () => {
  const faults: readonly (readonly [source: string, line: number, column: number])[] = [
    ["export const a = 1;\nlet b = 1;\nlet b = 2;\n", 3, 5],
    ["let b = 1; let b = 2; export { b };", 1, 16],
    ["export function a() {\n  break;\n}\n", 2, 3],
    ["export function a() { return /(/; }\n", 1, 30],
  ];
  for (const [source, line, column] of faults) {
    const compiled = compileForEngine(source, { fileName: "exercise.ts", mayImport: false, knowsUsing: true });
    assert.ok("error" in compiled, source);
    assert.deepEqual([compiled.error.code, compiled.error.source], ["syntax-error", { line, column }], source);
  }
});
