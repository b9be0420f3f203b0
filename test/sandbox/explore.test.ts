// What the explorer counts of a spec's orders, against specs whose spaces are known by heart.
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { exploreLesson } from "../../src/core/authoring/exploreLesson.ts";
import { explorationText } from "../../src/core/authoring/explorationText.ts";
import { createNodeGrader } from "../../src/runner/node/createNodeGrader.ts";
import { dist } from "../lessons/commandLine.ts";

const title = '{ title: { en: "T", "zh-cn": "T" }';
const spec = `import { test } from "interleave";
import { both } from "./exercise.ts";

test("two-orders", ${title} }, async (t) => {
  const job = (label: string) => () => t.work({ label, latency: [10, 20], answer: () => label });
  const settled = await t.call("both", () => both(job("a"), job("b")));
  if (settled.status === "rejected") {
    t.fail("wrong-result", { en: "No.", "zh-cn": "不。" });
  }
});
test("may-fail", ${title}, oracle: { except: ["L5"] } }, async (t) => {
  const error = new Error("no");
  const job = (label: string) => () => t.work({ label, latency: 10, answer: () => label, mayFailWith: error });
  const settled = await t.call("both", () => both(job("a"), job("b")));
  t.check(settled.status === "fulfilled" || settled.reason === error, "error-swallowed", { en: "No.", "zh-cn": "不。" });
});
test("never-asked", ${title} }, async (t) => {
  await t.call("both", () => both(async () => "a", async () => "b"));
});
`;
const solution = `type Job = () => Promise<string>;
export async function both(a: Job, b: Job): Promise<readonly string[]> {
  const ends = await Promise.allSettled([a(), b()]);
  return ends.map((end) => {
    if (end.status === "rejected") throw end.reason;
    return end.value;
  });
}
`;
const swallows = solution.replace("throw end.reason", 'throw new Error("other")');

describe("exploring a spec", () => {
  const grader = createNodeGrader({ distDir: dist });
  after(() => {
    grader.dispose();
  });

  it("counts orders, faults, lines and rules, and says which tests the mistakes need", async () => {
    const request = { lesson: "both", spec, exercise: solution, exerciseName: "solution.ts", exports: ["both"] };
    const mistakes = [
      {
        name: "swallows",
        file: "mistakes/swallows.ts",
        diagnosis: "error-swallowed",
        belief: "b",
        code: swallows,
      } as const,
    ];
    const work = { request, file: "solution.ts", mistakes };
    const found = await exploreLesson(grader, work, new AbortController().signal, () => undefined);
    assert.equal(found.error, undefined);
    const [orders, fails, asked] = found.tests;
    assert.deepEqual([orders?.space.orders, orders?.space.depth, orders?.space.widest], [2, { least: 1, most: 1 }, 2]);
    assert.deepEqual(orders?.neverHappens, [{ kind: "fault" }]);
    assert.equal(orders.schedules.run, 2);
    const steps = fails?.space.steps.map(({ label, started, fates }) => [label, started, fates.failed > 0]);
    assert.equal(steps?.length, 2);
    assert.ok(steps.every(([, started, failed]) => started === fails?.space.orders && failed === true));
    assert.deepEqual(asked?.neverHappens, [{ kind: "choice" }]);
    assert.deepEqual(found.unreached, [
      { from: 8, to: 8, text: 't.fail("wrong-result", { en: "No.", "zh-cn": "不。" });' },
    ]);
    assert.deepEqual(found.rulesOff, [{ rule: "L5", tests: ["may-fail"] }]);
    assert.deepEqual(found.rulesUnasked, ["L1", "L2", "L5", "L6"]);
    assert.deepEqual(found.mistakes[0]?.failures, { "may-fail": "error-swallowed" });
    assert.deepEqual(found.unneeded, ["two-orders", "never-asked"]);
    for (const locale of ["en", "zh-cn"] as const)
      assert.match(explorationText(found, locale), /\| `swallows` +\| error-swallowed +\| +\| 1 +\|/);
  });

  it("grades as ever where orders are watched, and counts those that ran", async () => {
    const jobs = ["a", "b", "c", "d", "e", "f"];
    const many = spec.replace(
      / {2}const settled = await t\.call\("both", \(\) => both\(job\("a"\), job\("b"\)\)\);/,
      `  const settled = await t.call("both", async () => (await Promise.all([${jobs.map((each) => `job("${each}")()`).join(", ")}])));`,
    );
    const request = {
      lesson: "both",
      spec: many,
      exercise: solution,
      exerciseName: "solution.ts",
      exports: ["both"],
      schedules: 100,
    };
    const { signal } = new AbortController();
    const graded = await grader.grade(request, signal);
    const explored = await grader.explore(request, signal);
    assert.deepEqual(
      explored.verdict.tests.map(({ name, status, schedules }) => [name, status, schedules]),
      graded.tests.map(({ name, status, schedules }) => [name, status, schedules]),
    );
    assert.ok((explored.spaces[0]?.orders ?? 0) >= 1);
    assert.ok((explored.spaces[0]?.reached.length ?? 0) > 3);
  });

  it("ends where it is cancelled", async () => {
    const abort = new AbortController();
    abort.abort();
    const request = { lesson: "both", spec, exercise: solution, exerciseName: "solution.ts", exports: ["both"] };
    await assert.rejects(
      exploreLesson(grader, { request, file: "solution.ts", mistakes: [] }, abort.signal, () => undefined),
    );
  });
});
