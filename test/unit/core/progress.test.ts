import assert from "node:assert/strict";
import { test } from "node:test";
import { Progress } from "../../../src/core/progress/progress.ts";
import type { ProgressEvent } from "../../../src/core/progress/progressEvents.ts";

const events: readonly ProgressEvent[] = [
  { id: "a-1", at: 10, lesson: "sleep", type: "opened" },
  { id: "a-2", at: 20, lesson: "sleep", type: "graded", passed: false, diagnoses: ["timer-still-armed"] },
  { id: "b-1", at: 20, lesson: "sleep", type: "hint-shown", hint: 2 },
  { id: "b-2", at: 30, lesson: "sleep", type: "graded", passed: true, diagnoses: [] },
  { id: "a-3", at: 40, lesson: "sleep", type: "solution-shown" },
];

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}

test("what happened amounts to a state", () => {
  const state = Progress.of(events).lesson("sleep");
  assert.equal(state.status, "passed");
  assert.equal(state.attempts, 2);
  assert.equal(state.hintsShown, 2);
  assert.equal(state.passedAt, 30);
  assert.equal(state.passedUnaided, true, "the solution was looked at only afterwards");
  assert.equal(state.diagnoses.get("timer-still-armed"), 1);
  assert.equal(Progress.of(events).lesson("other").status, "not-started");
});

test("what runs have shown since a time, and which mistakes were reviewed", () => {
  const common = { lesson: "semaphore" } as const;
  const progress = Progress.of([
    { ...common, id: "a", at: 10, type: "graded", passed: false, diagnoses: ["permit-lost"] },
    { ...common, id: "b", at: 20, type: "graded", passed: false, diagnoses: ["limit-exceeded", "released-twice"] },
    { ...common, id: "c", at: 5, type: "reviewed", diagnosis: "permit-lost", mistake: "once-is-enough", right: true },
  ]);
  assert.deepEqual(progress.metSince(11), [
    { lesson: "semaphore", diagnosis: "limit-exceeded" },
    { lesson: "semaphore", diagnosis: "released-twice" },
  ]);
  assert.deepEqual([...progress.reviewedMistakes], ["semaphore/once-is-enough"]);
});

test("which lessons have shown their questions, hints or solution since a time, none of which begins a lesson by itself", () => {
  const progress = Progress.of(events, [
    { id: "c-1", at: 35, lesson: "pool", type: "quiz-shown" },
    { id: "c-2", at: 5, lesson: "retry", type: "quiz-shown" },
  ]);
  assert.deepEqual(progress.shownSince(20), { quizzes: new Set(["pool"]), help: new Set(["sleep"]) });
  assert.deepEqual(progress.shownSince(41), { quizzes: new Set(), help: new Set() });
  assert.equal(progress.lesson("pool").status, "not-started");
  assert.deepEqual(progress.lessons, ["sleep"]);
});

test("lists merge in any order, and again, with the same outcome", () => {
  const expected = Progress.of(events).lesson("sleep");
  for (const order of permutations(events)) {
    assert.deepEqual(Progress.of(order).lesson("sleep"), expected);
    assert.deepEqual(Progress.of(order.slice(0, 2), order.slice(1), order).lesson("sleep"), expected);
    const oneByOne = [...order, ...order].reduce(
      (progress, event) => progress.with(event),
      Progress.of(order.slice(3)),
    );
    assert.deepEqual(oneByOne.lesson("sleep"), expected);
    assert.deepEqual(oneByOne.lessons, ["sleep"]);
  }
});

test("two events under one id: one of them counts, whichever comes first", () => {
  const one: ProgressEvent = { id: "x-1", at: 1, lesson: "sleep", type: "opened" };
  const other: ProgressEvent = { id: "x-1", at: 1, lesson: "sleep", type: "graded", passed: true, diagnoses: [] };
  assert.deepEqual(Progress.of([one], [other]).lesson("sleep"), Progress.of([other], [one]).lesson("sleep"));
});

test("a pass stays a pass, and one after looking at the solution is known as such", () => {
  const later: ProgressEvent = { id: "a-9", at: 90, lesson: "sleep", type: "graded", passed: false, diagnoses: [] };
  assert.equal(Progress.of(events).with(later).lesson("sleep").status, "passed");
  const aided = events.map((event) => (event.type === "solution-shown" ? { ...event, at: 5 } : event));
  assert.equal(Progress.of(aided).lesson("sleep").passedUnaided, false);
});
