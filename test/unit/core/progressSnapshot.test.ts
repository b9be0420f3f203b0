// Progress as other extensions see it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Progress } from "../../../src/core/progress/progress.ts";
import type { ProgressEvent } from "../../../src/core/progress/progressEvents.ts";
import { parseEvent } from "../../../src/core/progress/progressLines.ts";
import { progressSnapshot } from "../../../src/core/progress/progressSnapshot.ts";

const graded = (lesson: string, at: number, passed: number, total: number): ProgressEvent => ({
  ...{ id: `w-${at}`, at, lesson, type: "graded", passed: passed === total },
  ...{ diagnoses: passed === total ? [] : ["permit-lost"], tests: { passed, total } },
});

const events: readonly ProgressEvent[] = [
  { id: "w-1", at: 1, lesson: "semaphore", type: "opened" },
  { id: "w-2", at: 2, lesson: "acme/rate-limit", type: "opened" },
  graded("acme/rate-limit", 3, 1, 4),
  graded("acme/rate-limit", 4, 4, 4),
  graded("acme/rate-limit", 5, 2, 4),
  // It broke before a test ran.
  { id: "w-6", at: 6, lesson: "acme/rate-limit", type: "graded", passed: false, diagnoses: [] },
  { id: "w-7", at: 7, lesson: "error-group", type: "reviewed", diagnosis: "permit-lost", mistake: "m", right: true },
];

test("says of each lesson that was begun how it stands, in the order of their names", () => {
  assert.deepEqual(progressSnapshot(Progress.of(events)), {
    lessons: [
      {
        lesson: "acme/rate-limit",
        state: "passed",
        attempts: 4,
        tests: { passed: 2, total: 4 },
        startedAt: 2,
        lastAt: 6,
        passedAt: 4,
      },
      { lesson: "semaphore", state: "in-progress", attempts: 0, startedAt: 1, lastAt: 1 },
    ],
  });
  assert.deepEqual(progressSnapshot(Progress.of()), { lessons: [] });
});

test("is the same text for the same progress, so that a change can be told from none", () => {
  const text = (...list: readonly ProgressEvent[]) => JSON.stringify(progressSnapshot(Progress.of(list)));
  assert.equal(text(...events), text(...events.toReversed()));
  assert.notEqual(text(...events), text(...events.slice(0, -2)));
});

test("nobody can change it", () => {
  const snapshot = progressSnapshot(Progress.of(events));
  const [first] = snapshot.lessons;
  for (const part of [snapshot, snapshot.lessons, first, first?.tests]) assert.ok(part && Object.isFrozen(part));
});

for (const tests of ['{"passed":3,"total":2}', '{"passed":-1,"total":2}', '{"passed":1}', '"2/3"', "null"]) {
  test(`a grading counts where its number of tests makes no sense: ${tests}`, () => {
    const line = `{"type":"graded","lesson":"semaphore","passed":false,"diagnoses":[],"id":"x-1","at":9,"tests":${tests}}`;
    const event = parseEvent(line);
    assert.ok(event);
    const [lesson] = progressSnapshot(Progress.of([event])).lessons;
    assert.equal(lesson?.attempts, 1);
    assert.equal(lesson.tests, undefined);
  });
}
