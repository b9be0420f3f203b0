/** Partial-order reduction against brute force: it may leave orders out, never something that can come of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { explore } from "../../../../src/world/search/explore.ts";
import { walkLevels } from "../../../../src/world/search/levels.ts";
import type { Plan, RunRecord } from "../../../../src/world/search/plan.ts";
import { Random } from "../../../../src/base/random.ts";
import { type Reduction, reduce } from "../../../../src/world/search/reduce.ts";
import { Tally } from "../../../../src/world/search/tally.ts";
import { type Outcome, type Program, contenders, independentChains, play, randomProgram } from "./programs.ts";

const seed = Number(process.env["TEST_SEED"] ?? 3);

interface Covered {
  readonly outcomes: ReadonlySet<string>;
  readonly orders: number;
  readonly complete: boolean;
}

function drive<Result>(
  steps: Generator<Plan, Result, RunRecord>,
  program: Program,
  see: (outcome: Outcome) => void,
): Result {
  let step = steps.next();
  while (step.done !== true) {
    const { record, outcome } = play(program, step.value);
    if (record.blocked !== true) see(outcome);
    step = steps.next(record);
  }
  return step.value;
}

function bruteForce(program: Program, budget = 300_000): Covered {
  const outcomes = new Set<string>();
  let orders = 0;
  const walk = walkLevels({ tally: new Tally(budget), random: new Random(1), counts: () => true });
  const { outcome } = drive(walk, program, ({ values }) => {
    orders++;
    outcomes.add(values.join());
  });
  return { outcomes, orders, complete: outcome === "complete" };
}

function reduced(program: Program): Covered & { readonly result: Reduction } {
  const outcomes = new Set<string>();
  const result = drive(
    reduce(new Tally(300_000), 300_000, () => true),
    program,
    ({ values }) => outcomes.add(values.join()),
  );
  return { outcomes, orders: result.classes, complete: result.outcome === "complete", result };
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

test("t independent chains of k steps have (tk)!/(k!)^t orders; reduced, one", () => {
  for (const [chains, steps] of [
    [1, 4],
    [2, 2],
    [2, 4],
    [3, 2],
    [3, 3],
    [4, 2],
    [6, 1],
  ] as const) {
    const program = independentChains(chains, steps);
    const all = bruteForce(program);
    assert.equal(all.complete, true);
    assert.equal(
      all.orders,
      factorial(chains * steps) / factorial(steps) ** chains,
      `${String(chains)} x ${String(steps)}`,
    );
    // A chain alone has nothing that could be left out.
    const few = reduced(program);
    assert.deepEqual([few.complete, few.orders, few.outcomes], [chains > 1, 1, all.outcomes]);
  }
});

test("where everything touches the same place there is nothing to gain, and one run shows it", () => {
  for (const count of [2, 3, 4, 5]) {
    const { result } = reduced(contenders(count));
    assert.deepEqual([result.outcome, result.classes], ["gave-up", 1]);
  }
});

test("where all but one touch the same place nothing of theirs is left out", () => {
  for (const count of [2, 3, 4, 5]) {
    const { tasks } = contenders(count);
    const few = reduced({ tasks: [...tasks, [{ reads: [1], writes: [1] }]], variables: 2 });
    assert.deepEqual([few.complete, few.orders], [true, factorial(count)]);
  }
});

for (const [name, shape, programs] of [
  ["orders alone", { maxTasks: 4, maxSteps: 3 }, 400],
  ["faults", { maxTasks: 3, maxSteps: 2, faults: true }, 400],
  ["an abort that strikes", { maxTasks: 3, maxSteps: 3, strikes: true }, 400],
  ["faults and an abort", { maxTasks: 3, maxSteps: 2, faults: true, strikes: true }, 400],
] as const) {
  test(`reduction loses no outcome of generated programs: ${name} (TEST_SEED=${String(seed)})`, () => {
    let compared = 0;
    let gained = 0;
    let orders = 0;
    let classes = 0;
    for (let round = 0; round < programs; round++) {
      const program = randomProgram(new Random(seed * 10_000 + round), shape);
      // Larger ones would only take longer.
      const all = bruteForce(program, 3000);
      if (!all.complete) continue;
      compared++;
      const few = reduced(program);
      const where = `seed ${String(seed)} round ${String(round)}: ${JSON.stringify(program)}`;
      // Nothing to gain: it said so after one run.
      if (few.result.outcome === "gave-up" && few.orders === 1) continue;
      gained++;
      assert.equal(few.complete, true, where);
      assert.deepEqual([...few.outcomes].sort(), [...all.outcomes].sort(), where);
      assert.ok(few.orders <= all.orders, where);
      orders += all.orders;
      classes += few.orders;
    }
    assert.ok(compared >= 200, `only ${String(compared)} programs were small enough`);
    assert.ok(gained >= 100, `only ${String(gained)} programs had anything to gain`);
    assert.ok(classes < orders * 0.7, `${String(classes)} classes of ${String(orders)} orders`);
  });
}

test("a failure that only a rare order shows is found among the classes", () => {
  const chain = (variable: number) => ({ reads: [variable], writes: [variable] });
  const program: Program = {
    tasks: [
      [chain(1), { reads: [0], writes: [0] }],
      [chain(2), { reads: [0], writes: [0] }],
      [chain(3), { reads: [0], writes: [0] }],
      [chain(4), chain(4), chain(4)],
    ],
    variables: 5,
    // Their second steps come backwards.
    fails: ({ order }) => (/c.*b.*a/.test(order.replace(/[abc]/, "").replace(/d/g, "")) ? "backwards" : undefined),
  };
  const { result } = reduced(program);
  assert.equal(result.outcome, "failed");
});

test("a space far beyond the budget is covered whole where its parts are independent", () => {
  const explorer = explore({ budget: 100, seed: 1, reduction: () => true });
  const { schedules } = drive(explorer, independentChains(8, 3), () => undefined);
  assert.deepEqual(schedules, { run: 1, total: 1, exhaustive: true, reduced: true, deviations: 0 });
});

test("without footprints reduction gives up after one run", () => {
  const program = contenders(6);
  const tally = new Tally(1000);
  const steps = reduce(tally, 1000, () => true);
  let step = steps.next();
  let runs = 0;
  while (step.done !== true) {
    runs++;
    const { record } = play(program, step.value);
    const events = (record.events ?? []).map((event) => ({ ...event, footprint: undefined }));
    step = steps.next({ ...record, events });
  }
  assert.deepEqual([step.value.outcome, runs], ["gave-up", 1]);
});
