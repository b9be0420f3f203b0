/** What to learn next: which lessons a rehearsal speaks for, and in which order. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RehearsalPlan, RehearsalScore } from "../../../../src/core/assessment/rehearsal.ts";
import { type ProfileId, type SkillId, skillIds } from "../../../../src/core/assessment/skills.ts";
import { type StudyLesson, studyPlan } from "../../../../src/core/assessment/studyPlan.ts";
import type { Diagnosis } from "../../../../src/protocol/diagnosis.ts";

const plan = (profile: ProfileId, skills: readonly SkillId[]): RehearsalPlan => ({
  ...{ version: 1, id: "r", seed: 1, profile, minutes: 20 },
  items: skills.map((skill, index) => ({
    ...{ id: String(index), kind: "coding", skill, level: "introductory", seconds: 60, lesson: "x" },
  })),
});

/** @param lost points of each skill, all of which were lost */
function score(lost: Partial<Record<SkillId, number>>, met: readonly (readonly Diagnosis[])[] = []): RehearsalScore {
  return {
    ...{ version: 1, points: 0, of: 0 },
    items: met.map((diagnoses, index) => ({
      ...{ item: String(index), points: 0, of: 1, criteria: [], evidence: [], diagnoses },
    })),
    skills: skillIds.map((skill) => ({ skill, points: 0, of: lost[skill] ?? 0 })),
  };
}

const lesson = (id: string, skill: SkillId, minutes = 60, teaches: readonly Diagnosis[] = []): StudyLesson => ({
  ...{ id, skill, minutes, teaches: new Set(teaches) },
});

test("value is the share wanted, times the points lost, for each hour", () => {
  const lessons = [lesson("limits", "limits", 30), lesson("pools", "pools", 60)];
  const steps = studyPlan(plan("campus", ["limits"]), score({ limits: 10, pools: 10 }), lessons);
  assert.deepEqual(
    steps.map(({ lesson: id, value, lost }) => [id, Math.round(value * 100) / 100, lost]),
    [
      ["limits", 18.4, 10],
      ["pools", 2.1, 10],
    ],
  );
});

test("the profile decides between equals: pools are wanted of the experienced", () => {
  const lessons = [lesson("limits", "limits", 60), lesson("pools", "pools", 45)];
  const lost = score({ limits: 10, pools: 10 });
  const first = (profile: ProfileId) => studyPlan(plan(profile, ["limits"]), lost, lessons)[0]?.lesson;
  assert.equal(first("campus"), "limits");
  assert.equal(first("experienced"), "limits");
  const quick = [lesson("limits", "limits", 60), lesson("pools", "pools", 40)];
  assert.equal(studyPlan(plan("experienced", []), lost, quick)[0]?.lesson, "pools");
  assert.equal(studyPlan(plan("campus", []), lost, quick)[0]?.lesson, "limits");
});

test("a lesson of another skill counts by half where it teaches a bug that was met", () => {
  const lessons = [lesson("semaphore", "limits", 60, ["permit-lost"]), lesson("fan-out", "fan-out", 60, ["stampede"])];
  const steps = studyPlan(plan("campus", ["pools"]), score({ pools: 20 }, [["permit-lost"]]), lessons);
  assert.deepEqual(
    steps.map(({ lesson: id, lost, skills, diagnoses }) => [id, lost, skills, diagnoses]),
    [["semaphore", 10, ["pools"], ["permit-lost"]]],
  );
});

test("where nothing was lost there is nothing to learn, and a plan is no catalog", () => {
  assert.deepEqual(studyPlan(plan("campus", []), score({}), [lesson("a", "limits")]), []);
  const many = Array.from({ length: 20 }, (_, index) => lesson(`lesson-${String(index)}`, "limits"));
  assert.equal(studyPlan(plan("campus", []), score({ limits: 5 }), many).length, 6);
});

test("equals keep one order", () => {
  const lessons = [lesson("b", "limits"), lesson("a", "limits")];
  const ids = (list: readonly StudyLesson[]) =>
    studyPlan(plan("campus", []), score({ limits: 5 }), list).map((step) => step.lesson);
  assert.deepEqual(ids(lessons), ["a", "b"]);
  assert.deepEqual(ids(lessons.toReversed()), ["a", "b"]);
});
