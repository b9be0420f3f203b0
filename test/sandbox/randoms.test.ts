/** `t.randoms`: what Math.random gave, as a spec sees it, in the real sandbox process. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertPassed, createGrader, failureOf, grade } from "./grading.ts";

const grader = createGrader();
after(() => {
  grader.dispose();
});

const draw = `export async function run(work) {
  const drawn = [Math.random(), Math.random()];
  crypto.randomUUID();
  await Promise.all([work("a"), work("b")]);
  return [...drawn, Math.random()];
}`;
const wrong = (en: string): string => `"wrong-result", { en: "${en}", "zh-cn": "错" }`;
const work = `const work = (label) => t.work({ label, latency: [1, 9], answer: () => label });`;

test("the spec sees what Math.random gave, in order, and no UUIDs; each run begins anew", async () => {
  const body = `${work}
    t.equal(t.randoms, [], ${wrong("a run began with random numbers")});
    const call = t.call("run", () => run(work));
    const early = t.randoms;
    t.equal(early.length, 2, ${wrong("so far")});
    const { value } = await call;
    t.equal(early.length, 2, ${wrong("a look of before has changed")});
    t.equal(t.randoms, value, ${wrong("the numbers")});`;
  const verdict = await grade(grader, { body, exercise: draw });
  assertPassed(verdict);
  assert.equal(verdict.tests[0]?.schedules.run, 2);
});

test("of very many it keeps the first thousand", async () => {
  const exercise = `export async function run() { let last; for (let i = 0; i < 5000; i++) last = Math.random(); return last; }`;
  const body = `
    const { value } = await t.call("run", run);
    t.equal(t.randoms.length, 1000, ${wrong("kept")});
    t.check(!t.randoms.includes(value), ${wrong("the last one")});`;
  assertPassed(await grade(grader, { body, exercise }));
});

test("where an order of events decides who draws first, no order is left out", async () => {
  // Six that may end in any of 720 orders: more than the budget, so that orders which cannot differ are looked for.
  const exercise = `export async function run(work) {
    const names = ["a", "b", "c", "d", "e", "f"];
    await Promise.all(names.map(async (name) => { await work(name); if (name === "a") Math.random(); }));
  }`;
  const body = `${work}
    const seen = [];
    const watched = async (name) => { await work(name); if (name === "f") seen.push(t.randoms.length); };
    await t.call("run", () => run(watched));
    t.equal(seen, [1], ${wrong("f came before a")});`;
  assert.equal(failureOf(await grade(grader, { body, exercise, schedules: 100 })).message.en, "f came before a");
});
