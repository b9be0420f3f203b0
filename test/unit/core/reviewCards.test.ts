/** The review queue: when a kind of bug comes up again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Diagnosis } from "../../../src/protocol/diagnosis.ts";
import { Progress } from "../../../src/core/progress/progress.ts";
import type { ProgressEvent } from "../../../src/core/progress/progressEvents.ts";
import { dueCards } from "../../../src/core/questions/reviewCards.ts";

const day = 86_400_000;
const start = 1000 * day;

function graded(at: number, lesson: string, ...diagnoses: Diagnosis[]): ProgressEvent {
  return { id: `g-${String(at)}-${lesson}`, at, lesson, type: "graded", passed: diagnoses.length === 0, diagnoses };
}

function reviewed(at: number, right: boolean, mistake = "one"): ProgressEvent {
  const diagnosis = "permit-lost";
  return { id: `r-${String(at)}`, at, lesson: "pool", type: "reviewed", diagnosis, mistake, right };
}

test("what went wrong first comes up a day later; what followed from it does not", () => {
  const { reviewCards } = Progress.of([graded(start, "semaphore", "permit-lost", "wrong-result")]);
  assert.deepEqual(reviewCards, [
    { diagnosis: "permit-lost", lessons: ["semaphore"], met: 1, step: 0, dueAt: start + day, shown: [] },
  ]);
  assert.deepEqual(dueCards(reviewCards, start + day - 1), []);
  assert.equal(dueCards(reviewCards, start + day).length, 1);
});

test("right answers put it off for longer each time, and in the end for good", () => {
  let at = start;
  let progress = Progress.of([graded(at, "semaphore", "permit-lost")]);
  for (const days of [1, 3, 7, 16, 35]) {
    const [card] = progress.reviewCards;
    assert.equal(card?.dueAt, at + days * day);
    at = card.dueAt;
    progress = progress.with(reviewed(at, true));
  }
  assert.deepEqual(progress.reviewCards, []);
  assert.equal(progress.lesson("pool").status, "not-started", "to look at a mistake is not to begin its lesson");
});

test("a wrong answer brings it back the next day", () => {
  const events = [
    graded(start, "semaphore", "permit-lost"),
    reviewed(start + 1 * day, true),
    reviewed(start + 4 * day, false),
  ];
  const [card] = Progress.of(events).reviewCards;
  assert.equal(card?.step, 0);
  assert.equal(card.dueAt, start + 5 * day);
  assert.deepEqual(card.shown, ["pool/one"]);
});

test("running into it once more begins anew, and never puts it off", () => {
  const first = graded(start, "semaphore", "permit-lost");
  const [soon] = Progress.of([first, graded(start + day / 2, "pool", "permit-lost")]).reviewCards;
  assert.equal(soon?.dueAt, start + day);
  assert.deepEqual(soon.lessons, ["semaphore", "pool"]);
  const later = [
    first,
    reviewed(start + day, true),
    reviewed(start + 4 * day, true),
    graded(start + 5 * day, "pool", "permit-lost"),
  ];
  const [again] = Progress.of(later).reviewCards;
  assert.deepEqual([again?.step, again?.dueAt, again?.met], [0, start + 6 * day, 2]);
});

test("events of several windows come to the same cards in any order", () => {
  const events = [
    graded(start, "semaphore", "permit-lost"),
    graded(start + 1, "sleep", "timer-still-armed"),
    reviewed(start + day, true),
    reviewed(start + 4 * day, false, "two"),
    graded(start + 6 * day, "semaphore", "permit-lost"),
  ];
  const expected = Progress.of(events).reviewCards;
  assert.equal(expected.length, 2);
  for (let first = 0; first < events.length; first++) {
    const order = [...events.slice(first), ...events.slice(0, first)];
    assert.deepEqual(Progress.of(order, order).reviewCards, expected);
    const oneByOne = order.reduce((progress, event) => progress.with(event), Progress.of());
    assert.deepEqual(oneByOne.reviewCards, expected);
  }
});

test("an answer about a bug that nobody ran into counts for nothing", () => {
  assert.deepEqual(Progress.of([reviewed(start, false)]).reviewCards, []);
});
