/** Marked code does what the plain code does: the same values, in the same order, in as many microtasks. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import vm from "node:vm";
import { compile } from "../../../../src/core/compiler/compile.ts";
import { addBuiltinEffects } from "../../../../src/world/accesses/builtinEffects.ts";
import { Callees } from "../../../../src/world/accesses/callee.ts";
import { Marks } from "../../../../src/world/accesses/marks.ts";
import { addPromiseEffects } from "../../../../src/world/accesses/promiseEffects.ts";
import { AccessRecorder } from "../../../../src/world/accesses/recorder.ts";
import { snippets } from "./markedSnippets.ts";

type Log = (value: unknown) => unknown;
type Factory = (imports: (specifier: string) => unknown) => { readonly run: (log: Log) => unknown };

const callees = new Callees();
addBuiltinEffects(callees);
addPromiseEffects(callees);

function evaluate(code: string): Factory {
  return vm.runInThisContext(`(function (__import) { "use strict"; ${code}\n})`) as Factory;
}

/** What a program logs, with a tick for each microtask that passes meanwhile. */
async function told(factory: Factory, marks: Marks): Promise<string> {
  const logged: string[] = [];
  const log: Log = (value) => {
    logged.push(typeof value === "string" ? value : JSON.stringify([typeof value, value]));
    return value;
  };
  const run = { isOver: false };
  const ticks = (async () => {
    for (let tick = 0; !run.isOver && tick < 300; tick++) {
      await Promise.resolve();
      log(`.${String(tick)}`);
    }
  })();
  try {
    log(await factory(() => marks).run(log));
  } catch (error) {
    log(error instanceof Error ? error.name : error);
  }
  run.isOver = true;
  await ticks;
  return logged.join(" ");
}

function compiled(source: string): { readonly code: string; readonly marked?: string; readonly unmarked?: string } {
  const result = compile(source, { fileName: "exercise.ts", mayImport: false, knowsUsing: true });
  if ("error" in result) throw new Error(result.error.message.en);
  return result.module;
}

describe("marked code", () => {
  for (const [about, body] of Object.entries(snippets)) {
    test(about, async () => {
      const { code, marked, unmarked } = compiled(
        `export async function run(log: (value: unknown) => unknown) { ${body} }`,
      );
      assert.ok(marked, unmarked);
      const marks = new Marks(new AccessRecorder(new Set()), callees);
      const expected = await told(evaluate(code), marks);
      assert.ok(!expected.includes("SyntaxError"), expected);
      assert.equal(await told(evaluate(marked), marks), expected);
    });
  }
});

const refused: Readonly<Record<string, string>> = {
  "a loop that assigns to a variable": "let x; for (x of [1]) void x;",
  "for … in that waits": "for (const key in {}) await key;",
  "a pattern in a catch clause": "try { } catch ({ message }) { void message; }",
  "a constructor that returns something": "class A { constructor() { return {}; } } void A;",
  "an assignment to super": "class A { m() { super.x = 1; } } void A;",
  "a computed key in a pattern": "const key = 'a'; const { [key]: b } = { a: 1 }; void b;",
  eval: "eval('1');",
};

describe("what is not understood is not marked", () => {
  for (const [what, body] of Object.entries(refused)) {
    test(what, () => {
      const { marked, unmarked } = compiled(`export async function run() { ${body} }`);
      assert.equal(marked, undefined);
      assert.match(unmarked ?? "", new RegExp(`^${what} \\(line 1\\)$`));
    });
  }
});
