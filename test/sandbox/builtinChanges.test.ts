/** Changing what is closed: told in one sentence of ours, with the line, wherever it is what fails the exercise. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { createRealm, kernelScript } from "../../src/sandbox/realm.ts";
import type { Explanation } from "../../src/world/run/explanation.ts";
import { createGrader, failureOf, grade } from "./grading.ts";
import { compiled } from "./watchedRuns.ts";

const grader = createGrader();
after(() => {
  grader.dispose();
});

const callRun = 'await t.call("run", () => run(t.signal), { signal: t.signal });';
const wantsRight = `const { value } = await t.call("run", () => run(t.signal));
t.equal(value, "right", "wrong-result", { en: "The answer is wrong.", "zh-cn": "结果不对。" });`;

const kernelFile = path.join(import.meta.dirname, "../../dist/kernel.js");
/** One for all, without a process around it: what the statements do is refused. */
const realm = createRealm(kernelScript(readFileSync(kernelFile, "utf8")), { hostStaysOpen: true });

/** What is known of the error with which the statements end; they begin in line 2. */
function explanationOf(statements: string): Explanation | undefined {
  const module = compiled(`export async function run() {}\n${statements}`, "exercise.ts");
  realm.kernel.load(realm.define(module), undefined, module.fileName, module.code);
  const { error } = JSON.parse(realm.kernel.list()) as { readonly error?: { readonly explanation?: Explanation } };
  assert.ok(error, "nothing was refused");
  return error.explanation;
}

function assertSays(statements: string, line: number, words: Explanation["words"]): void {
  const explanation = explanationOf(statements);
  assert.deepEqual(explanation?.words, words);
  assert.equal(explanation.place.line, line);
  assert.equal(explanation.certain, true);
}

const changed: readonly (readonly [statement: string, name: string, line?: number])[] = [
  ["Array.prototype.push = () => 0;", "Array.prototype.push"],
  ["(Array.prototype as any).push += 1;", "Array.prototype.push"],
  ["(Array.prototype as any)['push'] = 1;", "Array.prototype.push"],
  ["const k = 'push'; (Array.prototype as any)[k] = 1;", "Array.prototype.push"],
  ["const proto: any = Array.prototype;\nproto\n  .push\n  = 1;", "Array.prototype.push", 5],
  ["[Array.prototype.push] = [() => 0];", "Array.prototype.push"],
  ["(Array.prototype as any)[Symbol.iterator] = 1;", "Array.prototype[Symbol.iterator]"],
  ["(Promise.prototype as any).then = () => 0;", "Promise.prototype.then"],
  ["(Promise as any).resolve = () => 0;", "Promise.resolve"],
  ["(globalThis as any).Promise = class {};", "Promise"],
  ["(setTimeout as any) = () => 0;", "setTimeout"],
  ["(globalThis as any).setTimeout = () => 0;", "setTimeout"],
  ["delete (Array.prototype as any).push;", "Array.prototype.push"],
  ["Object.defineProperty(Array.prototype, 'push', { value: 1 });", "Array.prototype.push"],
  ["Object.defineProperty(\n  Array.prototype,\n  'push',\n  { value: 1 },\n);", "Array.prototype.push"],
  ["Object.prototype.toString = () => '';", "Object.prototype.toString"],
  ["(Map.prototype as any).size = 1;", "Map.prototype.size"],
  ["Math.random = () => 0;", "Math.random"],
  ["const c: any = console; c.log = () => {};", "console.log"],
  ["Date.now = () => 0;", "Date.now"],
  ["AbortSignal.timeout = () => new AbortController().signal;", "AbortSignal.timeout"],
  ["Object.setPrototypeOf(Array.prototype, {});", "Array.prototype"],
  ["Object.setPrototypeOf(Object.prototype, {});", "Object.prototype"],
  ["(Array.prototype as any).__proto__ = {};", "Array.prototype"],
];

const added: readonly (readonly [statement: string, name: string])[] = [
  ["(Array.prototype as any).last = function () {};", "Array.prototype.last"],
  ["(String.prototype as any).shout ??= 1;", "String.prototype.shout"],
  ["(Array.prototype as any)[0] = 1;", "Array.prototype[0]"],
  ["Object.assign(Array.prototype, { last: 1 });", "Array.prototype.last"],
  ["Object.defineProperty(Array.prototype, 'last', { value: 1 });", "Array.prototype.last"],
  ["Object.defineProperties(Array.prototype, { last: { value: 1 } });", "Array.prototype.last"],
  ["(Object.prototype as any).foo = 1;", "Object.prototype.foo"],
  ["(Promise as any).any2 = 1;", "Promise.any2"],
];

describe("while loading", () => {
  for (const [statement, name, line = 2] of changed) {
    test(statement, () => {
      assertSays(statement, line, {
        en: `The exercise tried to change a built-in (${name}) at line ${String(line)}. In Interleave built-ins cannot be changed; write a function of your own instead.`,
        "zh-cn": `练习的第 ${String(line)} 行试图改动内置对象（${name}）。Interleave 里的内置对象不能改动，请改为自己写一个函数。`,
      });
    });
  }
  for (const [statement, name] of added) {
    test(statement, () => {
      assertSays(statement, 2, {
        en: `The exercise tried to add something to a built-in (${name}) at line 2. In Interleave built-ins cannot be changed; write a function of your own instead.`,
        "zh-cn": `练习的第 2 行试图给内置对象添加成员（${name}）。Interleave 里的内置对象不能改动，请改为自己写一个函数。`,
      });
    });
  }
  for (const statement of [
    "(globalThis as any).seen = 1;",
    "(globalThis as any)['seen'] = 1;",
    "Object.defineProperty(globalThis, 'seen', { value: 1 });",
  ]) {
    test(statement, () => {
      assertSays(statement, 2, {
        en: "The exercise tried to create a global variable (globalThis.seen) at line 2. In Interleave the global object cannot be changed; declare a variable at the top of the file instead.",
        "zh-cn":
          "练习的第 2 行试图新建全局变量（globalThis.seen）。Interleave 里的全局对象不能改动，请改为在文件顶部声明一个变量。",
      });
    });
  }
  test("what is reached by another name and cannot be named gets a hint", () => {
    const explanation = explanationOf("const proto: any = Array.prototype;\nproto.last = 1;");
    assert.equal(explanation?.certain, false);
    assert.match(explanation.words.en, /If line 3 changes one of them, /);
    assert.match(explanation.words["zh-cn"], /如果第 3 行/);
  });
});

const others: readonly (readonly [what: string, statement: string])[] = [
  ["a frozen object of its own", "Object.freeze({ a: 1 } as any).a = 2;"],
  ["a frozen array of its own", "(Object.freeze([1]) as any)[0] = 2;"],
  ["a getter of its own", "class Own { get size() { return 1; } }\n(new Own() as any).size = 2;"],
  ["the name of a function of its own", "(function own() {} as any).name = 'other';"],
  ["a property of a Map", "(new Map() as any).size = 2;"],
  ["an error of its own", "throw new TypeError('Cannot do that');"],
  ["a text", "throw 'Cannot redefine property: push';"],
  ["a proxy that refuses everything", "const r = Proxy.revocable({}, {}); r.revoke(); throw r.proxy;"],
  ["an error whose message throws", "throw Object.defineProperty(new TypeError(), 'message', { get() { throw 1; } });"],
  ["a built-in only mentioned", "const o: any = Object.freeze({ push: Array.prototype.map }); o.push = 1;"],
];

for (const [what, statement] of others) {
  test(`${what} is no built-in`, () => {
    assert.equal(explanationOf(statement), undefined);
  });
}

const sentence =
  /^The exercise tried to change a built-in \(Array\.prototype\.push\) at line 2\. In Interleave [^.]+\.$/;
const change = "Array.prototype.push = () => 0;";

test("an error while loading", async () => {
  const exercise = `export async function run() {}\n${change}`;
  const { error } = await grade(grader, { body: callRun, exercise });
  assert.equal(error?.code, "threw-on-load");
  assert.match(error.message.en, sentence);
  assert.deepEqual(error.source, { line: 2, column: 22 });
});

test("an error of the engine's that is only perhaps about it keeps its words", async () => {
  const exercise = "export async function run() {}\nconst proto: any = Array.prototype; proto.last = 1;";
  const { error } = await grade(grader, { body: callRun, exercise });
  assert.match(
    error?.message.en ?? "",
    /^The exercise threw TypeError: Cannot add property last, .* In Interleave built-ins, /,
  );
});

test("a rejection that nobody handles", async () => {
  const exercise = `export async function run() { void (async () => {\n${change}\n})(); }`;
  const failure = failureOf(await grade(grader, { body: callRun, exercise }));
  assert.equal(failure.diagnosis, "unhandled-rejection");
  assert.match(failure.message.en, sentence);
  assert.equal(failure.source?.line, 2);
});

test("a callback that throws", async () => {
  const exercise = `export async function run() { await new Promise<void>((resolve) => { setTimeout(resolve, 9); setTimeout(() => {\n${change}\n}, 1); }); }`;
  const failure = failureOf(await grade(grader, { body: callRun, exercise }));
  assert.equal(failure.diagnosis, "unhandled-rejection");
  assert.match(failure.message.en, sentence);
});

test("a test that goes on with what was thrown", async () => {
  const exercise = `export async function run() {\n${change}\n}`;
  const failure = failureOf(await grade(grader, { body: "await run();", exercise }));
  assert.equal(failure.diagnosis, "wrong-result");
  assert.match(failure.message.en, sentence);
});

test("a check that fails because the call was rejected with it keeps its own sentence, and the other follows", async () => {
  const exercise = `export async function run() {\n${change}\n}`;
  const failure = failureOf(await grade(grader, { body: wantsRight, exercise }));
  assert.equal(failure.diagnosis, "wrong-result");
  assert.match(
    failure.message.en,
    /^The answer is wrong\. The exercise tried to change a built-in \(Array\.prototype\.push\) at line 2\./,
  );
  assert.match(failure.message["zh-cn"], /^结果不对。练习的第 2 行试图改动内置对象（Array\.prototype\.push）。/);
  assert.equal(failure.source?.line, 2);
});

test("one that changes its mind about what it threw is still looked at safely", async () => {
  const exercise = `export async function run() {\ntry { ${change} } catch (e: any) { Object.defineProperty(e, "message", { value: "x".repeat(5e7) }); throw e; }\n}`;
  const failure = failureOf(await grade(grader, { body: wantsRight, exercise }));
  assert.equal(failure.message.en, "The answer is wrong.");
});
