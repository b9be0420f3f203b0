// The rubric of rehearsals over real verdicts: an untouched starter comes to nothing, a solution to everything, and a known
// mistake lies between. Also what src/core/assessment/rubricTests.ts must say of each test.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { root } from "../../scripts/lib/paths.mjs";
import { type CriterionId, criterionIds, type RehearsalRecord } from "../../src/core/assessment/rehearsal.ts";
import { criterionOf, earns } from "../../src/core/assessment/rubric.ts";
import { rubricTests } from "../../src/core/assessment/rubricTests.ts";
import { scoreRehearsal } from "../../src/core/assessment/score.ts";
import type { Verdict } from "../../src/protocol/verdict.ts";
import { NodeGrader } from "../../src/runner/node/createNodeGrader.ts";
import { dist } from "./commandLine.ts";
import { lessonIds, readGrading } from "./lessonsOnDisk.ts";

const never = new AbortController().signal;

/** Lessons of each kind, all of whose mistakes are graded here. Of the others, what starter and solution tell is checked. */
const whole = ["semaphore", "buffer-reuse", "fan-out-with-timeout", "graceful-shutdown", "retry-with-backoff"];

/** Points of a hundred that a rehearsal gives for this code, as the report would. */
function pointsFor(lesson: string, verdict: Verdict): number {
  const record: RehearsalRecord = {
    plan: {
      ...{ version: 1, id: "r", seed: 1, profile: "campus", minutes: 20 },
      items: [{ id: "1", kind: "coding", skill: "limits", level: "intermediate", seconds: 600, lesson }],
    },
    ...{ startedAt: 0, activeMs: 0, pauses: [] },
    items: { "1": { skipped: false, flagged: false, activeMs: 0, code: "handed in" } },
  };
  const nothing = (): undefined => undefined;
  return scoreRehearsal(record, { question: nothing, mistake: nothing, verdict: () => verdict }).points;
}

/** What the table must say of each test, found as its comment says. */
function tableOf(solution: Verdict, starter: Verdict, mistakes: readonly Verdict[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    solution.tests.map(({ name, schedules }) => {
      const shown = [starter, ...mistakes].flatMap(({ tests }) => {
        const failure = tests.find((each) => each.name === name)?.failure;
        return failure === undefined ? [] : [criterionOf[failure.diagnosis]];
      });
      const always: readonly CriterionId[] = schedules.run > 1 ? ["natural", "every-order"] : ["natural"];
      const late: readonly CriterionId[] = shown.filter(
        (criterion) => criterion !== "natural" && criterion !== "every-order",
      );
      const marks = criterionIds.filter((criterion) => always.includes(criterion) || late.includes(criterion));
      const untouched = starter.tests.find((each) => each.name === name);
      const given = (criterion: CriterionId): boolean => untouched !== undefined && earns(untouched, criterion);
      return [name, marks.map((criterion) => (given(criterion) ? `(${criterion})` : criterion)).join(" ")];
    }),
  );
}

for (const lesson of lessonIds()) {
  describe(`the rubric of ${lesson}`, { concurrency: 2 }, () => {
    const folder = join(root, "lessons", lesson);
    const grading = readGrading(lesson);
    const verdicts = new Map<string, Verdict>();
    let grader: NodeGrader;
    before(async () => {
      grader = new NodeGrader({ distDir: dist, jobsPerSandbox: 25 });
      const files = [
        join(folder, "exercise.ts"),
        join(folder, "solution.ts"),
        ...(whole.includes(lesson) ? globSync(join(folder, "mistakes/*.ts")) : []),
      ];
      const waiting = files.values();
      const gradeNext = async (): Promise<void> => {
        for (const file of waiting) {
          const exercise = readFileSync(file, "utf8");
          verdicts.set(
            basename(file),
            await grader.grade({ ...grading, exercise, exerciseName: "exercise.ts" }, never),
          );
        }
      };
      await Promise.all([gradeNext(), gradeNext()]);
    });
    after(() => {
      grader.dispose();
    });

    const verdictOn = (file: string): Verdict => {
      const verdict = verdicts.get(file);
      assert.ok(verdict !== undefined && verdict.error === undefined, `${file}: ${verdict?.error?.message.en ?? ""}`);
      return verdict;
    };
    const mistakes = (): readonly Verdict[] =>
      [...verdicts.keys()].filter((file) => file !== "exercise.ts" && file !== "solution.ts").map(verdictOn);

    it("gives the starter nothing and the solution everything", () => {
      assert.equal(pointsFor(lesson, verdictOn("exercise.ts")), 0);
      assert.ok(Math.abs(pointsFor(lesson, verdictOn("solution.ts")) - 100) < 1e-9);
    });

    it("knows what each test can show, as far as starter and solution tell", () => {
      const known = rubricTests[lesson] ?? {};
      const told = tableOf(verdictOn("solution.ts"), verdictOn("exercise.ts"), mistakes());
      assert.deepEqual(Object.keys(known), Object.keys(told));
      for (const [test, marks] of Object.entries(told)) {
        const words = known[test]?.split(" ") ?? [];
        for (const word of marks.split(" ")) assert.ok(words.includes(word), `${test}: ${word} is missing`);
      }
    });

    if (!whole.includes(lesson)) return;

    it("gives each known mistake less than the solution, and most of them more than the starter", () => {
      const points = mistakes().map((verdict) => pointsFor(lesson, verdict));
      assert.ok(points.length >= 10 && points.every((each) => each >= 0 && each < 100));
      // One that breaks every use of the exercise is worth no more than the starter.
      assert.ok(points.filter((each) => each > 0).length >= points.length - 1);
    });

    it("knows all that each test can show", () => {
      const wanted = tableOf(verdictOn("solution.ts"), verdictOn("exercise.ts"), mistakes());
      assert.deepEqual(rubricTests[lesson], wanted);
    });
  });
}

it("knows no lesson that does not exist", () => {
  assert.deepEqual(Object.keys(rubricTests).sort(), [...lessonIds()].sort());
});
