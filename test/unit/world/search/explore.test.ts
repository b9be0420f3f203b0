/** Exploring and minimising, on programs that are made up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ending, nameOf } from "../../../../src/world/outside/options.ts";
import { chooserFor } from "../../../../src/world/search/choosers.ts";
import { type Exploration, type ExploreOptions, explore } from "../../../../src/world/search/explore.ts";
import { minimise } from "../../../../src/world/search/minimise.ts";
import type { Plan, RunRecord } from "../../../../src/world/search/plan.ts";
import { Random } from "../../../../src/base/random.ts";
import { type Decisions, countDeviations, trimmed } from "../../../../src/world/search/schedule.ts";

interface Run {
  readonly plan: Plan;
  readonly decisions: Decisions;
  readonly order: string;
}

/** Takes one of so many options; their names, where it matters that an operation has the same one each time. */
type Choose = (options: number, names?: readonly number[]) => number;

/** A program of choices; what it returns is its order, and whether it failed. */
type Program = (choose: Choose) => { readonly order: string; readonly failed?: boolean };

function play(program: Program, plan: Plan): RunRecord & { readonly order: string } {
  const chooser = chooserFor(plan);
  const options: number[] = [];
  const taken: number[] = [];
  const { order, failed = false } = program((count, names) => {
    const offered = Array.from({ length: count }, (_, place) => ({
      name: nameOf(1 + (names?.[place] ?? place), ending.complete),
    }));
    const choice = chooser.choose(offered) ?? 0;
    assert.ok(choice < count, `only options that there are get chosen: ${JSON.stringify(plan)}`);
    options.push(count);
    taken.push(choice);
    return choice;
  });
  if (plan.by === "decisions") {
    assert.ok(
      plan.decisions.length <= options.length,
      `no decisions beyond the end of a run: ${plan.decisions.join()}`,
    );
  }
  return { options, taken, failure: failed ? "failed" : undefined, order };
}

function exploreAll(
  program: Program,
  options: ExploreOptions,
): { readonly result: Exploration; readonly runs: readonly Run[] } {
  const explorer = explore(options);
  const runs: Run[] = [];
  let step = explorer.next();
  while (step.done !== true) {
    const record = play(program, step.value);
    runs.push({ plan: step.value, decisions: trimmed(record.taken), order: record.order });
    step = explorer.next(record);
  }
  return { result: step.value, runs };
}

/** Everything pending completes in some order; `points` says whether the last one counts as a choice point too. */
function completions(
  count: number,
  points: "all" | "real" = "all",
  fails: (order: string) => boolean = () => false,
): Program {
  return (choose) => {
    const pending = Array.from({ length: count }, (_, index) => index);
    let order = "";
    while (pending.length > 0) {
      const choice = pending.length === 1 && points === "real" ? 0 : choose(pending.length, pending);
      for (const index of pending.splice(choice, 1)) order += String.fromCharCode(97 + index);
    }
    return { order, failed: fails(order) };
  };
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

test("n independent completions have n! orders, and each is run exactly once", () => {
  for (const points of ["all", "real"] as const) {
    for (let n = 0; n <= 6; n++) {
      const { result, runs } = exploreAll(completions(n, points), { budget: 1000, seed: 1 });
      const total = factorial(n);
      assert.equal(runs.length, total);
      assert.equal(new Set(runs.map(({ order }) => order)).size, total);
      assert.deepEqual(result, { schedules: { run: total, total, exhaustive: true, deviations: Math.max(0, n - 1) } });
    }
  }
});

test("an order that ends early, or opens more choices, is counted as what it is", () => {
  // The first choice decides how many more there are: 1 + 2 * 2 + 3 * 3 * 3.
  const program: Program = (choose) => {
    const first = choose(3);
    let order = String(first);
    for (let more = 0; more < first + 1; more++) order += String(choose(first + 1));
    return { order };
  };
  const { result, runs } = exploreAll(program, { budget: 100, seed: 1 });
  assert.deepEqual([runs.length, new Set(runs.map(({ order }) => order)).size], [32, 32]);
  assert.deepEqual(result.schedules, { run: 32, total: 32, exhaustive: true, deviations: 4 });
});

test("a program without choices has one order", () => {
  const { result } = exploreAll(() => ({ order: "" }), { budget: 10, seed: 1 });
  assert.deepEqual(result, { schedules: { run: 1, total: 1, exhaustive: true, deviations: 0 } });
});

test("few deviations come first, the natural order before all", () => {
  const { runs } = exploreAll(completions(5), { budget: 1000, seed: 1 });
  const counts = runs.map(({ decisions }) => countDeviations(decisions));
  assert.deepEqual(
    counts,
    [...counts].sort((one, other) => one - other),
  );
  assert.deepEqual(runs[0]?.decisions, []);
});

test("the budget is kept, and never spent on one order twice while levels are walked", () => {
  for (const budget of [180, 300, 719]) {
    const { result, runs } = exploreAll(completions(6), { budget, seed: 5 });
    assert.equal(runs.length, budget);
    assert.equal(new Set(runs.map(({ order }) => order)).size, budget);
    assert.deepEqual(
      [result.schedules.run, result.schedules.total, result.schedules.exhaustive],
      [budget, null, false],
    );
  }
  const { result } = exploreAll(completions(6), { budget: 720, seed: 5 });
  assert.deepEqual([result.schedules.run, result.schedules.total, result.schedules.exhaustive], [720, 720, true]);
});

test("an order that random priorities repeat is counted once, and does not use the budget up", () => {
  for (const budget of [3, 10, 100]) {
    const { result, runs } = exploreAll(completions(6), { budget, seed: 5 });
    assert.ok(runs.length >= budget && runs.length < budget * 1.5, `${String(runs.length)} runs`);
    assert.equal(new Set(runs.map(({ order }) => order)).size, budget);
    assert.deepEqual([result.schedules.run, result.schedules.exhaustive], [budget, false]);
  }
});

test("a space far larger than the budget costs no more than the budget, and says what was covered whole", () => {
  const { result, runs } = exploreAll(completions(20), { budget: 300, seed: 5 });
  assert.equal(result.schedules.run, 300);
  assert.equal(new Set(runs.map(({ order }) => order)).size, 300);
  assert.ok(runs.length < 450, `${String(runs.length)} runs`);
  // 1 natural order and 190 with one deviation fit; those with two do not.
  assert.equal(result.schedules.deviations, 1);
  assert.equal(runs.filter(({ decisions }) => countDeviations(decisions) <= 1).length, 191);
  assert.ok(runs.filter(({ plan }) => plan.by === "priorities").length >= 54);
});

test("a seed gives the same schedules again, another seed others", () => {
  const schedules = (seed: number): string[] =>
    exploreAll(completions(8), { budget: 200, seed }).runs.map(({ order }) => order);
  assert.deepEqual(schedules(1), schedules(1));
  assert.notDeepEqual(schedules(1), schedules(2));
});

test("what is run of a level that does not fit is spread over all of it", () => {
  // Level 2 of 30 two-way choices: 435 pairs, of which there is room for 50.
  const program: Program = (choose) => ({ order: Array.from({ length: 30 }, () => choose(2)).join("") });
  const firsts = new Set<number>();
  for (let seed = 0; seed < 20; seed++) {
    for (const { plan, decisions } of exploreAll(program, { budget: 131, seed }).runs) {
      if (plan.by === "decisions" && countDeviations(decisions) === 2) firsts.add(decisions.indexOf(1));
    }
  }
  assert.ok(firsts.size > 25, `only pairs that begin at ${[...firsts].sort((one, other) => one - other).join()}`);
});

test("random priorities find what few deviations cannot: one that comes after all others", () => {
  // The first of 20 comes last: 19 deviations in a row. A random walk would need 20! tries.
  let found = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const { result } = exploreAll(
      completions(20, "all", (order) => order.endsWith("a")),
      { budget: 1000, seed },
    );
    if (result.failing !== undefined) found++;
  }
  assert.equal(found, 20);
});

test("random priorities find a bug that needs three events in one order", () => {
  let found = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const { result } = exploreAll(
      completions(12, "all", (order) => /l.*f.*a.*c/.test(order)),
      { budget: 2000, seed },
    );
    if (result.failing !== undefined) found++;
  }
  assert.ok(found >= 19, `${String(found)} of 20`);
});

test("exploring stops at a failure, which has the fewest deviations that a failure can have", () => {
  // "d" before "a" needs one deviation; "cba" in a row two.
  const one = exploreAll(
    completions(5, "all", (order) => order.indexOf("d") < order.indexOf("a")),
    { budget: 1000, seed: 1 },
  );
  assert.deepEqual(one.result.failing, [3]);
  assert.deepEqual(one.result.schedules, { run: one.runs.length, total: null, exhaustive: false, deviations: 0 });
  assert.equal(one.result.smallest, true);
  const two = exploreAll(
    completions(5, "all", (order) => order.includes("cba")),
    { budget: 1000, seed: 1 },
  );
  assert.deepEqual(two.result.failing, [2, 1]);
  const everyFailure = exploreAll(completions(5), { budget: 1000, seed: 1 }).runs.filter(({ order }) =>
    order.includes("cba"),
  );
  assert.equal(Math.min(...everyFailure.map(({ decisions }) => countDeviations(decisions))), 2);
  assert.deepEqual(everyFailure[0]?.decisions, [2, 1]);
});

test("a natural order that fails is found at once", () => {
  const { result, runs } = exploreAll(
    completions(5, "all", () => true),
    { budget: 1000, seed: 1 },
  );
  assert.deepEqual([runs.length, result.failing], [1, []]);
});

function minimised(program: Program, failing: Decisions): { readonly best: Decisions; readonly runs: number } {
  assert.equal(play(program, { by: "decisions", decisions: failing }).failure, "failed", "fails to begin with");
  const steps = minimise({ failing, failure: "failed", budget: 5000 });
  let runs = 0;
  let step = steps.next();
  while (step.done !== true) {
    runs++;
    step = steps.next(play(program, step.value));
  }
  return { best: step.value, runs };
}

test("minimising takes every needless deviation away and keeps those that are needed", () => {
  const program = completions(6, "all", (order) => order.indexOf("d") < order.indexOf("a"));
  // Backwards: five deviations; one is enough, and the earliest place for it is the first.
  assert.deepEqual(minimised(program, [5, 4, 3, 2, 1]).best, [3]);
  const always = completions(6, "all", () => true);
  assert.deepEqual(minimised(always, [5, 4, 3]).best, []);
  assert.deepEqual(minimised(always, []).best, []);
});

test("minimising finds fewer deviations than any that are left by taking some away", () => {
  // Last of four: three deviations in a row as it was found; another order shows it with one.
  const program = completions(4, "all", (order) => order === "bcda" || order === "dabc");
  assert.deepEqual(minimised(program, [1, 1, 1]).best, [3]);
});

for (const depth of [1, 2, 3]) {
  test(`a planted bug of depth ${String(depth)} is found, made as small as that, and found again`, () => {
    for (let seed = 1; seed <= 12; seed++) {
      const random = new Random(seed * 100 + depth);
      // So many exact deviations, each at a place of its own, and natural choices in between.
      const bug: number[] = [];
      for (let deviation = 0; deviation < depth; deviation++) {
        bug.push(...new Array<number>(random.below(3)).fill(0), 1 + random.below(2));
      }
      const planted = play(completions(11), { by: "decisions", decisions: bug }).order;
      const program = completions(11, "all", (order) => order === planted);
      const { result } = exploreAll(program, { budget: 20_000, seed });
      const failing = result.failing ?? [];
      const best = result.smallest === true ? failing : minimised(program, failing).best;
      assert.equal(countDeviations(best), depth, `seed ${String(seed)}`);
      assert.deepEqual(best, bug);
      assert.equal(play(program, { by: "decisions", decisions: best }).failure, "failed");
    }
  });
}

test("an abort strikes once: a space in which it may at any time is no larger for the many times", () => {
  // Twelve events in one order, and before each an abort may strike in two ways: 25 orders, not 3 to the power of 12.
  const everywhere: Program = (choose) => {
    let order = "";
    for (let event = 0; event < 12; event++) {
      const choice = choose(3);
      if (choice > 0) return { order: `${order}!${String(choice)}` };
      order += ".";
    }
    return { order };
  };
  for (const [strikes, asked] of [
    [2, 0],
    [undefined, 1],
  ] as const) {
    let asks = 0;
    const reduction = (): boolean => {
      asks++;
      return false;
    };
    const explorer = explore({ budget: 2000, seed: 1, reduction });
    let step = explorer.next();
    while (step.done !== true) {
      const record = play(everywhere, step.value);
      step = explorer.next(strikes === undefined ? record : { ...record, strikes: record.options.map(() => strikes) });
    }
    assert.deepEqual([step.value.schedules.run, step.value.schedules.exhaustive, asks], [25, true, asked]);
  }
});
