/** Partial-order reduction on real code in the real realm: what it leaves out comes to the same, and nothing is lost. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { walkLevels } from "../../src/world/search/levels.ts";
import type { Plan, RunRecord } from "../../src/world/search/plan.ts";
import { Random } from "../../src/base/random.ts";
import { reduce } from "../../src/world/search/reduce.ts";
import { Tally } from "../../src/world/search/tally.ts";
import { makeProgram } from "./footprintPrograms.ts";
import { assertPassed, createGrader, failureOf, grade } from "./grading.ts";
import { type Program, Stage, specOf } from "./watchedRuns.ts";

const seed = Number(process.env["TEST_SEED"] ?? 1000);
const stage = new Stage();
const grader = createGrader();
after(() => {
  grader.dispose();
});

/** What people can see of each run: what it printed, and what it is faulted for. */
function outcomes<Result>(
  search: Generator<Plan, Result, RunRecord>,
  program: Program,
): { readonly seen: ReadonlySet<string>; readonly result: Result } {
  const seen = new Set<string>();
  let step = search.next();
  while (step.done !== true) {
    const { record, output, finding } = program.play(step.value);
    if (record.blocked !== true) seen.add(JSON.stringify([output, finding?.diagnosis]));
    step = search.next(record);
  }
  return { seen, result: step.value };
}

test(`no outcome of generated programs is lost, compared with brute force (TEST_SEED=${String(seed)})`, () => {
  let [compared, orders, classes] = [0, 0, 0];
  for (let round = 0; round < 200; round++) {
    const { exercise, body, options } = makeProgram(seed + round);
    const program = stage.load(exercise, specOf(body, options));
    // No failure ends the search: all that can come of a program is compared.
    const tally = new Tally(400);
    const all = outcomes(walkLevels({ tally, random: new Random(1), counts: () => false }), program);
    if (all.result.outcome !== "complete") continue;
    const few = outcomes(
      reduce(new Tally(2000), 2000, () => false),
      program,
    );
    if (few.result.outcome === "gave-up") continue;
    compared++;
    orders += tally.orders;
    classes += few.result.classes;
    assert.deepEqual([...few.seen].sort(), [...all.seen].sort(), `seed ${String(seed + round)}`);
  }
  console.error(`${String(compared)} programs: ${String(classes)} classes of ${String(orders)} orders`);
  assert.ok(compared >= 60, `only ${String(compared)} programs were small enough`);
  assert.ok(classes < orders);
});

/** Chains of work; each step of a chain follows the one before. */
const chains = (count: number, steps: number): string => `
  const work = (label) => t.work({ label, latency: [0, 100], signal: t.signal, answer: () => label });
  const names = Array.from({ length: ${String(count)} }, (_, index) => "c" + index);
  const call = await t.call("run", () => run(names, ${String(steps)}, work), { signal: t.signal });`;

const intoSlots = `export async function run(names, steps, work) {
  return Promise.all(names.map(async (name) => {
    let last = "";
    for (let step = 0; step < steps; step++) last = await work(name + step);
    return last;
  }));
}`;

test("independent chains, far more orders than the budget: a few stand for all, and the verdict says so", async () => {
  const body = `${chains(4, 3)}
    t.check(call.value.join() === "c02,c12,c22,c32", "wrong-result", { en: "results", "zh-cn": "结果" });`;
  const verdict = await grade(grader, { body, exercise: intoSlots });
  assertPassed(verdict);
  // 12! / (3!)^4 = 369,600 orders. What differs is who comes last, and so lets the others go on.
  const schedules = verdict.tests[0]?.schedules;
  assert.ok(schedules !== undefined && schedules.run <= 24, String(schedules?.run));
  assert.deepEqual([schedules.exhaustive, schedules.reduced, schedules.total], [true, true, schedules.run]);
});

test("chains that meet in one list are not taken for independent: a rare order is found, small, and replays", async () => {
  const exercise = `export async function run(names, steps, work) {
    const seen = [];
    await Promise.all(names.map(async (name) => {
      for (let step = 0; step < steps; step++) await work(name + step);
      seen.push(name);
    }));
    return seen;
  }`;
  const body = `${chains(3, 4)}
    t.check(call.value[0] !== "c2", "order-lost", { en: "c2 came first", "zh-cn": "c2 先到" });`;
  const failure = failureOf(await grade(grader, { body, exercise }));
  assert.equal(failure.diagnosis, "order-lost");
  assert.ok(failure.schedule.length <= 40, failure.schedule);
});
