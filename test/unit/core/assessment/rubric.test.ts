/** How a coding task is judged from its verdict: which test earns which marks, and what they come to. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { criterionIds } from "../../../../src/core/assessment/rehearsal.ts";
import {
  criterionOf,
  criterionWeights,
  earns,
  judgeCode,
  type JudgedTest,
  knownMarks,
} from "../../../../src/core/assessment/rubric.ts";
import { rubricTests } from "../../../../src/core/assessment/rubricTests.ts";
import { diagnosisIds } from "../../../../src/protocol/diagnosis.ts";
import { failing, passing, semaphoreVerdict } from "./reportSamples.ts";

const points = (lesson: string, tests: readonly JudgedTest[]): number =>
  judgeCode(lesson, { tests }, 60).reduce((sum, criterion) => sum + criterion.points, 0);
const semaphoreTests = Object.keys(rubricTests["semaphore"] ?? {});

test("every kind of bug belongs to one criterion, and each criterion has some", () => {
  assert.deepEqual(Object.keys(criterionOf).sort(), [...diagnosisIds].sort());
  assert.deepEqual(new Set(Object.values(criterionOf)), new Set(criterionIds));
});

test("the weights are those of a whole, and being right is more than half of it", () => {
  const { natural, "every-order": everyOrder } = criterionWeights;
  assert.equal(
    Object.values(criterionWeights).reduce((sum, weight) => sum + weight, 0),
    100,
  );
  assert.ok(natural + everyOrder > 50);
});

test("each mark of the table is a criterion, and some mark of each test can be earned", () => {
  for (const [lesson, tests] of Object.entries(rubricTests)) {
    for (const name of Object.keys(tests)) {
      const { marks, given } = knownMarks(lesson, name) ?? { marks: new Set(), given: new Set() };
      assert.ok(marks.has("natural"), `${lesson}, ${name}`);
      assert.ok(given.size <= marks.size, `${lesson}, ${name}`);
    }
  }
});

test("a failure costs what it shows, and what it hides", () => {
  const marksOf = (each: JudgedTest): string => criterionIds.filter((criterion) => earns(each, criterion)).join(" ");
  assert.equal(marksOf(passing("a")), "natural every-order deadlines leaks limits");
  // Looked for last: all else was right.
  assert.equal(marksOf(failing("a", "timer-still-armed", "i2-")), "natural deadlines limits");
  assert.equal(marksOf(failing("a", "timer-still-armed", "i2-1")), "natural deadlines limits");
  // Anything else hides the rest, and what comes out right in the natural order is still right there.
  assert.equal(marksOf(failing("a", "wrong-result", "i2-")), "");
  assert.equal(marksOf(failing("a", "wrong-result", "i2-1")), "natural");
  assert.equal(marksOf(failing("a", "late-after-abort", "i2-1")), "natural");
  // A rejection that nobody handles would end the process: nothing after it was seen.
  assert.equal(marksOf(failing("a", "unhandled-rejection", "i2-")), "");
});

test("all tests passed are all points, whatever criteria the lesson can show", () => {
  for (const [lesson, tests] of Object.entries(rubricTests)) {
    const all = Object.keys(tests).map((name) => passing(name, 5));
    assert.ok(Math.abs(points(lesson, all) - 60) < 1e-9, lesson);
  }
});

test("code that does less than the starter gets nothing by failing at once in a cheap way", () => {
  for (const diagnosis of ["unhandled-rejection", "never-settles", "limit-not-reached", "wrong-result"] as const) {
    const all = semaphoreTests.map((name) => failing(name, diagnosis, "i2-"));
    assert.equal(points("semaphore", all), 0, diagnosis);
  }
});

test("one hard race costs a little, and less than one test of the happy path", () => {
  const race = semaphoreTests.map((name) =>
    name === "release-meets-abort" ? failing(name, "late-after-abort", "i2-3") : passing(name, 9),
  );
  const happy = semaphoreTests.map((name) =>
    name === "lends-and-takes-back" ? failing(name, "wrong-result", "i2-") : passing(name, 9),
  );
  assert.ok(points("semaphore", race) < 60 && points("semaphore", race) > 45);
  assert.ok(points("semaphore", happy) < 60);
});

test("a mark that the starter has earns nothing, and losing it costs", () => {
  const [lesson, name] = Object.entries(rubricTests).flatMap(([id, tests]) =>
    Object.keys(tests).flatMap((each) => (knownMarks(id, each)?.given.has("natural") === true ? [[id, each]] : [])),
  )[0] ?? ["", ""];
  const natural = (each: JudgedTest) =>
    judgeCode(lesson ?? "", { tests: [each] }, 60).find(({ criterion }) => criterion === "natural");
  assert.notEqual(lesson, "");
  assert.equal(natural(passing(name ?? "")), undefined);
  assert.deepEqual(
    [natural(failing(name ?? "", "wrong-result", "i2-"))].map((each) => each?.points),
    [0],
  );
});

test("each point has the tests that decided it, with the schedule that replays a failure", () => {
  const leaks = judgeCode("semaphore", semaphoreVerdict(), 60).find(({ criterion }) => criterion === "leaks");
  const evidence = leaks?.evidence ?? [];
  const failed = evidence.flatMap((each) => (each.type === "test" && !each.passed ? [each] : []));
  assert.deepEqual(
    failed.map(({ test: name, schedule, diagnosis, line }) => [name, schedule, diagnosis, line]),
    [
      ["abort-in-line", "i2-", "listener-left-on-signal", 12],
      ["cancel-everywhere", "i2-1.2", "late-after-abort", 12],
    ],
  );
  assert.ok(evidence.length > failed.length);
});

test("of a lesson that is not ours, the natural order, every order and what showed are judged", () => {
  const judged = judgeCode("from-a-pack", { tests: [passing("a", 4), failing("b", "limit-exceeded", "i2-1")] }, 60);
  assert.deepEqual(
    judged.map(({ criterion, points: got, of }) => [criterion, Math.round(got), Math.round(of)]),
    [
      ["natural", 26, 26],
      ["every-order", 26, 26],
      ["limits", 0, 9],
    ],
  );
});
