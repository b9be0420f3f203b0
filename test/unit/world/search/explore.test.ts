/** Exploring and minimising, on programs that are made up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Exploration,
  type ExploreOptions,
  type RunRecord,
  explore,
  minimise,
} from "../../../../src/world/search/explore.ts";
import { Random } from "../../../../src/world/search/random.ts";
import { type Decisions, countDeviations } from "../../../../src/world/search/schedule.ts";

interface Run {
  readonly decisions: Decisions;
  readonly order: string;
}

/** A program of `choose(options)` calls; what it returns is its order, and whether it failed. */
type Program = (choose: (options: number) => number) => { readonly order: string; readonly failed?: boolean };

function play(program: Program, decisions: Decisions): RunRecord & { readonly order: string } {
  const options: number[] = [];
  const { order, failed = false } = program((count) => {
    const choice = decisions[options.length] ?? 0;
    assert.ok(choice < count, `only options that there are get chosen: ${decisions.join()}`);
    options.push(count);
    return choice;
  });
  assert.ok(decisions.length <= options.length, `no decisions beyond the end of a run: ${decisions.join()}`);
  return { options, failed, order };
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
    runs.push({ decisions: step.value, order: record.order });
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
    const pending = Array.from({ length: count }, (_, index) => String.fromCharCode(97 + index));
    let order = "";
    while (pending.length > 0) {
      const choice = pending.length === 1 && points === "real" ? 0 : choose(pending.length);
      order += pending.splice(choice, 1).join("");
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

test("the budget is kept, used up, and never spent on one order twice", () => {
  for (const budget of [1, 2, 3, 10, 100, 719]) {
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

test("a space far larger than the budget costs no more than the budget", () => {
  const { result, runs } = exploreAll(completions(20), { budget: 300, seed: 5 });
  assert.equal(new Set(runs.map(({ order }) => order)).size, 300);
  assert.equal(result.schedules.exhaustive, false);
  assert.equal(result.schedules.deviations, Math.max(...runs.map(({ decisions }) => countDeviations(decisions))));
});

test("a seed gives the same schedules again, another seed others", () => {
  const schedules = (seed: number): string[] =>
    exploreAll(completions(8), { budget: 200, seed }).runs.map(({ order }) => order);
  assert.deepEqual(schedules(1), schedules(1));
  assert.notDeepEqual(schedules(1), schedules(2));
});

test("what is run of a level that does not fit is spread over all of it", () => {
  // Level 2 of 30 two-way choices: 435 pairs, of which there is room for 100.
  const program: Program = (choose) => ({ order: Array.from({ length: 30 }, () => choose(2)).join("") });
  const firsts = new Set<number>();
  for (let seed = 0; seed < 20; seed++) {
    for (const { decisions } of exploreAll(program, { budget: 131, seed }).runs) {
      if (countDeviations(decisions) === 2) firsts.add(decisions.indexOf(1));
    }
  }
  assert.ok(firsts.size > 25, `only pairs that begin at ${[...firsts].sort((one, other) => one - other).join()}`);
});

test("exploring stops at a failure, which has the fewest deviations that a failure can have", () => {
  // "d" before "a" needs one deviation; "cba" in a row two.
  const one = exploreAll(
    completions(5, "all", (order) => order.indexOf("d") < order.indexOf("a")),
    { budget: 1000, seed: 1 },
  );
  assert.deepEqual(one.result.failing, [3]);
  assert.deepEqual(one.result.schedules, { run: one.runs.length, total: null, exhaustive: false, deviations: 1 });
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

function minimised(
  failing: Decisions,
  stillFails: (decisions: Decisions) => boolean,
): { readonly best: Decisions; readonly trials: number } {
  const steps = minimise(failing);
  let trials = 0;
  let step = steps.next();
  while (step.done !== true) {
    trials++;
    assert.ok(trials < 10_000, "minimising ends");
    step = steps.next(stillFails(step.value));
  }
  return { best: step.value, trials };
}

test("minimising takes every needless deviation away and keeps those that are needed", () => {
  const needed = (decisions: Decisions): boolean => decisions[3] === 2 && decisions[7] === 1;
  assert.deepEqual(minimised([1, 0, 4, 2, 1, 1, 0, 1, 5, 0, 1], needed).best, [0, 0, 0, 2, 0, 0, 0, 1]);
  assert.deepEqual(minimised([0, 0, 0, 2, 0, 0, 0, 1], needed).best, [0, 0, 0, 2, 0, 0, 0, 1]);
  assert.deepEqual(minimised([1, 2, 3], () => true).best, []);
  assert.deepEqual(minimised([], () => true).best, []);
  assert.deepEqual(minimised([1, 2, 3], () => false).best, [1, 2, 3]);
});

test("no single deviation can be taken away from what minimising gives, whatever the program", () => {
  for (let seed = 0; seed < 300; seed++) {
    const random = new Random(seed);
    const failing = Array.from({ length: 6 }, () => random.below(3));
    const verdicts = new Map<string, boolean>();
    const start = trimmed(failing);
    const stillFails = (decisions: Decisions): boolean => {
      const key = trimmed(decisions).join();
      if (key === start.join()) return true;
      const verdict = verdicts.get(key) ?? random.next() < 0.3;
      verdicts.set(key, verdict);
      return verdict;
    };
    const { best } = minimised(start, stillFails);
    assert.equal(stillFails(best), true);
    for (const [index, choice] of best.entries()) {
      if (choice === 0) continue;
      assert.equal(
        stillFails(best.map((other, position) => (position === index ? 0 : other))),
        false,
        `seed ${String(seed)}: ${failing.join()} gave ${best.join()}`,
      );
    }
  }
});

function trimmed(decisions: Decisions): number[] {
  const last = decisions.findLastIndex((choice) => choice !== 0);
  return decisions.slice(0, last + 1);
}
