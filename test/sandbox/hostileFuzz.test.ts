/**
 * Random programs of hostile and ordinary fragments, in the real sandbox: the grader always answers with a well-formed
 * verdict, and what has a fragment that deserves to fail never passes. TEST_SEED begins elsewhere; HOSTILE_CASES runs more.
 */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Random } from "../../src/base/random.ts";
import { createGrader, grade } from "./grading.ts";

const seed = Number(process.env["TEST_SEED"] ?? 1);
const cases = Number(process.env["HOSTILE_CASES"] ?? 20);

/** Statements that may do anything but loop for ever. */
const fragments: readonly string[] = [
  "await null;",
  "await new Promise((r) => setTimeout(r, 3));",
  'await fetch("https://a.example/", { signal }).catch(() => {});',
  "clearTimeout(setTimeout(() => {}, 5));",
  'console.log(new Proxy({}, { ownKeys() { throw 1; } }), "\\u001b[2J");',
  "try { (Array.prototype as any).push = 1; } catch {}",
  "try { (globalThis as any).kept = 1; } catch {}",
  'try { Object.defineProperty(signal, "aborted", { value: true }); } catch {}',
  "const dig = (): void => { try { dig(); } finally { Math.random(); } }; try { dig(); } catch {}",
  "queueMicrotask(() => {});",
  "signal.dispatchEvent(new Event('abort'));",
  "for (let id = 0; id < 50; id++) clearTimeout(id);",
  "void Object.setPrototypeOf(Promise.resolve(), new Proxy({}, {}));",
  "try { structuredClone(new Proxy([], { get() { throw 2; } })); } catch {}",
];

/** Statements after which no program may pass. */
const faults: readonly string[] = [
  "setTimeout(() => {}, 1e6);",
  'signal.addEventListener("abort", () => {});',
  "void Promise.reject(new Error('lost'));",
  "queueMicrotask(() => { throw 1; });",
  'void fetch("https://b.example/");',
];

const body = `t.route("https://a.example/", { latency: [1, 9], body: null }); t.route("https://b.example/", { latency: 1e6 });
  await t.call("run", () => run(t.signal), { signal: t.signal });`;

const grader = createGrader();
grader.warm();
after(() => {
  grader.dispose();
});

test(`random hostile programs never pass (TEST_SEED=${String(seed)}, ${String(cases)} cases)`, async () => {
  for (let number = 0; number < cases; number++) {
    const random = new Random(seed * 100_000 + number);
    const pick = (from: readonly string[]): string => `{ ${from[Math.floor(random.next() * from.length)] ?? ""} }`;
    const statements = Array.from({ length: 1 + Math.floor(random.next() * 5) }, () => pick(fragments));
    statements.push(pick(faults));
    const exercise = `export async function run(signal: AbortSignal) {\n${statements.join("\n")}\n}`;
    const verdict = await grade(grader, { body, exercise, schedules: 50 });
    const where = `case ${String(number)}:\n${exercise}\n${JSON.stringify(verdict.error)}`;
    assert.equal(verdict.passed, false, where);
    assert.ok(verdict.error !== undefined || verdict.tests[0]?.failure !== undefined, where);
    assert.notEqual(verdict.error?.code, "sandbox-crashed", where);
  }
});
