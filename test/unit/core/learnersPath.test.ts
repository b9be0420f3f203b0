/** Which lesson comes next for whom. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Diagnosis } from "../../../src/protocol/diagnosis.ts";
import { nextFitting } from "../../../src/core/lesson/learnersPath.ts";
import type { LessonLevel, LessonMeta } from "../../../src/core/lesson/lessonSchema.ts";
import { Progress } from "../../../src/core/progress/progress.ts";
import type { ProgressEvent } from "../../../src/core/progress/progressEvents.ts";

const words = (text: string) => ({ en: text, "zh-cn": text });
const track = (id: string, ...lessons: string[]) => ({ id, title: words(id), summary: words(id), lessons });
const catalog = {
  version: 1 as const,
  tracks: [track("cancel", "tree", "sleep", "retry"), track("pools", "permits", "pool", "load")],
};

function meta(id: string, level: LessonLevel, ...prerequisites: string[]): readonly [string, LessonMeta] {
  const facts = { minutes: 10, skills: [], seed: [], exports: ["f"], diagrams: [] };
  return [id, { id, level, prerequisites, title: words(id), summary: words(id), track: "x", ...facts }];
}

const metas = new Map([
  meta("tree", "introductory"),
  meta("sleep", "introductory", "tree"),
  meta("retry", "intermediate", "sleep", "permits"),
  meta("permits", "introductory"),
  meta("pool", "intermediate", "permits"),
  meta("load", "advanced", "tree"),
]);

const passes = (...lessons: string[]): ProgressEvent[] =>
  lessons.map((lesson, index) => ({
    id: lesson,
    at: 100 + index,
    lesson,
    type: "graded",
    passed: true,
    diagnoses: [],
  }));

function next(
  after: string,
  events: readonly ProgressEvent[],
  trains: Readonly<Record<string, readonly Diagnosis[]>> = {},
) {
  const known = new Map(Object.entries(trains).map(([id, diagnoses]) => [id, new Set(diagnoses)] as const));
  return nextFitting({ catalog, metas, progress: Progress.of(events), trains: known }, after);
}

test("the track goes on", () => {
  assert.deepEqual(next("tree", passes("tree")), {
    lesson: "sleep",
    why: { en: "Next in this track", "zh-cn": "本方向的下一课" },
  });
});

test("a prerequisite comes before the lesson that needs it", () => {
  const found = next("sleep", passes("tree", "sleep"));
  assert.equal(found?.lesson, "permits");
  assert.equal(found.why.en, "“retry” builds on it");
});

test("after the end of a track come its gaps, then the others", () => {
  assert.equal(next("retry", passes("tree", "permits", "retry"))?.lesson, "sleep");
  assert.equal(next("retry", passes("tree", "sleep", "permits", "retry"))?.lesson, "pool");
});

test("what the learner ran into calls for the lesson that trains it", () => {
  const events: ProgressEvent[] = [
    ...passes("tree", "permits"),
    { id: "a", at: 1, lesson: "tree", type: "graded", passed: false, diagnoses: ["permit-lost"] },
    { id: "b", at: 2, lesson: "tree", type: "graded", passed: false, diagnoses: ["released-twice"] },
    { id: "c", at: 3, lesson: "tree", type: "graded", passed: false, diagnoses: ["permit-lost"] },
    { id: "d", at: 4, lesson: "tree", type: "graded", passed: false, diagnoses: ["limit-exceeded"] },
    { id: "e", at: 5, lesson: "tree", type: "graded", passed: false, diagnoses: ["never-settles"] },
  ];
  const pool: readonly Diagnosis[] = ["permit-lost", "released-twice", "limit-exceeded", "never-settles"];
  assert.equal(
    next("tree", events, { pool: pool.slice(0, 1) })?.lesson,
    "sleep",
    "one kind is no reason to leave the track",
  );
  assert.equal(
    next("tree", events, { pool, sleep: [] })?.lesson,
    "sleep",
    "nor are many, when the track goes on at once",
  );
  const done = [...events, ...passes("sleep", "retry")];
  const found = next("retry", done, { pool, load: [] });
  assert.equal(found?.lesson, "pool");
  assert.match(found.why.en, /^Trains “.+”, which you ran into 2 times$/);
});

test("nothing is left when all is passed; a lesson that cannot be read is none", () => {
  assert.equal(next("pool", passes("tree", "sleep", "retry", "permits", "load")), undefined);
  const inputs = { catalog, progress: Progress.of(), trains: new Map() };
  assert.equal(nextFitting({ ...inputs, metas: new Map([meta("pool", "advanced", "gone")]) }, "tree")?.lesson, "pool");
});
