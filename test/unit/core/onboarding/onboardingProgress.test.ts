// How far a person has come: pass marks, due days, what was seen, and when to offer the onboarding.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Catalog, LessonMeta } from "../../../../src/core/lesson/lessonSchema.ts";
import { dayNumber, dayStart } from "../../../../src/core/onboarding/days.ts";
import { parseKeptPerson, shouldOffer, withSeen } from "../../../../src/core/onboarding/keptPerson.ts";
import { onboardingProgress, stopOrder } from "../../../../src/core/onboarding/onboardingProgress.ts";
import { type Onboarding, parseOnboarding } from "../../../../src/core/onboarding/onboardingSchema.ts";
import { Progress } from "../../../../src/core/progress/progress.ts";
import type { ProgressEvent } from "../../../../src/core/progress/progressEvents.ts";
import { meta } from "../lessonSamples.ts";
import { onboarding, stop } from "./onboardingSamples.ts";

const words = { en: "Limits", "zh-cn": "限制" };
const catalog: Catalog = {
  version: 1,
  tracks: [{ id: "limits", title: words, summary: words, lessons: ["semaphore", "connection-pool"] }],
};
const metas = new Map(["semaphore", "connection-pool"].map((id) => [id, { ...(meta as LessonMeta), id }] as const));
const began = dayNumber(2026, 2, 27);

function made(changes: object): Onboarding {
  const result = parseOnboarding(JSON.stringify({ ...onboarding, ...changes }));
  assert.ok(result.ok);
  return result.value.onboarding;
}

let count = 0;
const graded = (lesson: string, passed: boolean): ProgressEvent => {
  const at = ++count;
  return { id: `w-${String(at)}`, at, lesson, type: "graded", passed, diagnoses: [] };
};
const solution = (lesson: string): ProgressEvent => {
  const at = ++count;
  return { id: `w-${String(at)}`, at, lesson, type: "solution-shown" };
};

function stepsAfter(events: readonly ProgressEvent[], changes: object, today = began, seen: readonly string[] = []) {
  const person = { started: began, seen };
  const progress = Progress.of(events);
  return onboardingProgress({ onboarding: made(changes), catalog, metas, progress, person, today });
}

test("days are counted over the ends of months", () => {
  assert.equal(dayNumber(2026, 3, 1) - dayNumber(2026, 2, 27), 2);
  assert.equal(dayNumber(2024, 3, 1) - dayNumber(2024, 2, 28), 2);
  assert.equal(new Date(dayStart(dayNumber(2026, 11, 26))).toISOString(), "2026-11-26T00:00:00.000Z");
});

test("a step is due on its day, overdue the day after, and never once it is done", () => {
  const steps = [{ kind: "lesson", id: "semaphore", due: 2 }];
  const due = dayNumber(2026, 3, 1);
  assert.deepEqual([stepsAfter([], { steps }, due).steps[0]?.due, stepsAfter([], { steps }, due).overdue], [due, 0]);
  assert.equal(stepsAfter([], { steps }, due + 1).overdue, 1);
  assert.equal(stepsAfter([graded("semaphore", true)], { steps }, due + 1).overdue, 0);
  const fresh = { onboarding: made({ steps }), catalog, metas, progress: Progress.of([]), today: due + 9 };
  assert.deepEqual(onboardingProgress({ ...fresh, person: { seen: [] } }).steps[0]?.due, undefined);
});

test("a lesson's mark: passed, or passed before the solution was looked at", () => {
  const state = (events: readonly ProgressEvent[], pass?: string) =>
    stepsAfter(events, { steps: [{ kind: "lesson", id: "semaphore", ...(pass === undefined ? {} : { pass }) }] })
      .steps[0]?.state;
  assert.equal(state([]), "open");
  assert.equal(state([graded("semaphore", false)]), "begun");
  assert.equal(state([graded("semaphore", true)]), "done");
  const aided = [solution("semaphore"), graded("semaphore", true)];
  assert.equal(state(aided), "done");
  assert.equal(state(aided, "unaided"), "aided");
  assert.equal(state([graded("semaphore", true), solution("semaphore")], "unaided"), "done");
  assert.equal(stepsAfter([], { steps: [{ kind: "lesson", id: "gone-away" }] }).steps[0]?.state, "unknown");
});

test("a track's mark: so many lessons, so many of them unaided", () => {
  const reached = (events: readonly ProgressEvent[], pass: object) => {
    const step = stepsAfter(events, { steps: [{ kind: "track", id: "limits", pass }] }).steps[0];
    return [step?.state, step?.count?.passed, step?.count?.wanted];
  };
  assert.deepEqual(reached([], {}), ["open", 0, 2]);
  assert.deepEqual(reached([graded("semaphore", true)], {}), ["begun", 1, 2]);
  assert.deepEqual(reached([graded("semaphore", true)], { lessons: 1 }), ["done", 1, 1]);
  const aided = [solution("semaphore"), graded("semaphore", true)];
  assert.deepEqual(reached(aided, { lessons: 1, unaided: 1 }), ["aided", 1, 1]);
  assert.deepEqual(reached([...aided, graded("connection-pool", true)], { lessons: 1, unaided: 1 }), ["done", 1, 1]);
});

test("stops stand where they are a step, else below their lesson, else at the end", () => {
  const [below, own, last] = ["below", "own", "last"].map((id) => ({ ...stop, id }));
  const alone = { ...last, lesson: undefined };
  const steps = [
    { kind: "lesson", id: "semaphore" },
    { kind: "stop", id: "own" },
  ];
  const result = stepsAfter([], { steps, stops: [alone, own, below] }, began, ["own"]);
  assert.deepEqual(
    result.steps.map((step) => [step.state, step.stops.map(({ id }) => id)]),
    [
      ["open", ["below"]],
      ["done", ["own"]],
    ],
  );
  assert.deepEqual(
    stopOrder(result).map(({ id }) => id),
    ["below", "own", "last"],
  );
});

test("it is offered at most once a day, not after “never”, and not to who has begun", () => {
  assert.ok(shouldOffer({ seen: [] }, began));
  assert.ok(!shouldOffer({ seen: [], offered: began }, began));
  assert.ok(shouldOffer({ seen: [], offered: began }, began + 1));
  assert.ok(!shouldOffer({ seen: [], offered: "never" }, began + 9));
  assert.ok(!shouldOffer({ seen: [], started: began }, began + 9));
});

test("what was kept of a person is understood or begun anew", () => {
  const person = withSeen({ seen: ["a"], started: 3 }, "b");
  assert.deepEqual(parseKeptPerson(JSON.parse(JSON.stringify(person))), person);
  assert.equal(withSeen(person, "b"), person);
  for (const bad of [undefined, null, 3, "x", { seen: 3 }, { started: "x" }]) {
    assert.deepEqual(parseKeptPerson(bad), { seen: [] });
  }
});
