// What is offered as wrong with a mistake's code is wrong with it, or is not: the table of what each mistake shows is whole, what
// runs show is in it, and no rehearsal offers any of it as a wrong answer.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { root } from "../../scripts/lib/paths.mjs";
import { drawRehearsal } from "../../src/core/assessment/draw.ts";
import { nothingKnown } from "../../src/core/assessment/drawInputs.ts";
import { shownDiagnoses } from "../../src/core/assessment/shownDiagnoses.ts";
import { shownOf } from "../../src/core/assessment/shownOf.ts";
import { type Diagnosis, diagnosisIds } from "../../src/protocol/diagnosis.ts";
import { NodeGrader } from "../../src/runner/node/createNodeGrader.ts";
import { readMaterial, readRealBank } from "../unit/core/assessment/material.ts";
import { dist } from "./commandLine.ts";
import { lessonIds, readGrading } from "./lessonsOnDisk.ts";
import { collect } from "./shown/collect.ts";
import { mistakesOf } from "./shown/main.ts";

const advice = "run `npm run mistakes` and look at what has changed";
/** Orders of each test: those with few deviations come first, and show most. */
const schedules = 30;

let grader: NodeGrader;
before(() => {
  grader = new NodeGrader({ distDir: dist, jobsPerSandbox: 25 });
});
after(() => {
  grader.dispose();
});

function readMistake(lesson: string, mistake: string): string {
  return readFileSync(join(root, "lessons", lesson, "mistakes", `${mistake}.ts`), "utf8");
}

test("the table has each mistake of each lesson, its own diagnosis among what it shows, and nothing else", () => {
  assert.deepEqual(Object.keys(shownDiagnoses), lessonIds(), advice);
  for (const [lesson, mistakes] of Object.entries(shownDiagnoses)) {
    assert.deepEqual(Object.keys(mistakes), mistakesOf(lesson), `${lesson}: ${advice}`);
    for (const [mistake, shown] of Object.entries(mistakes)) {
      const [, own = ""] = /^\/\/ diagnosis: (\S+)/.exec(readMistake(lesson, mistake)) ?? [];
      assert.deepEqual(shownOf(lesson, mistake).join(" "), shown, `${lesson}/${mistake}`);
      assert.ok(shown.split(" ").includes(own), `${lesson}/${mistake} shows ${own}: ${advice}`);
    }
  }
});

for (const lesson of lessonIds())
  test(`what the mistakes of ${lesson} show when they are graded is in the table`, async () => {
    const grading = readGrading(lesson);
    const waiting = mistakesOf(lesson).values();
    const gradeNext = async (): Promise<void> => {
      for (const mistake of waiting) {
        const request = { ...grading, exercise: readMistake(lesson, mistake), exerciseName: "exercise.ts", schedules };
        const { tests } = await grader.grade(request, new AbortController().signal);
        const known = shownOf(lesson, mistake);
        for (const { name, failure } of tests)
          assert.ok(
            failure === undefined || known.includes(failure.diagnosis),
            `${lesson}/${mistake}, ${name}: ${failure?.diagnosis ?? ""} is not in the table: ${advice}`,
          );
      }
    };
    await Promise.all([gradeNext(), gradeNext()]);
  });

test("no rehearsal offers as a wrong answer what the code shows too", async () => {
  const material = { ...(await readMaterial(await readRealBank())), shown: shownOf };
  let partlyTrue = 0;
  let bugs = 0;
  for (let seed = 0; seed < 300; seed++) {
    const request = { id: "r", seed, profile: seed % 2 === 0 ? "campus" : "experienced", minutes: 60 } as const;
    const offered = (from: typeof material): readonly (readonly [string, readonly Diagnosis[]])[] =>
      drawRehearsal(request, from, nothingKnown).items.flatMap((item) => {
        if (!("mistake" in item)) return [];
        const right = material.mistakes.get(item.lesson)?.find(({ name }) => name === item.mistake)?.diagnosis;
        const shown = shownOf(item.lesson, item.mistake);
        return [[`${item.lesson}/${item.mistake}`, item.options.filter((id) => id !== right && shown.includes(id))]];
      });
    for (const [name, wrong] of offered(material)) {
      bugs++;
      assert.deepEqual(wrong, [], name);
    }
    partlyTrue += offered({ ...material, shown: () => [] }).filter(([, wrong]) => wrong.length > 0).length;
  }
  assert.ok(bugs > 600);
  assert.ok(partlyTrue > 0, "without the table there were such answers, so that this test can fail");
});

test("what a file shows is found behind the rule that it breaks first", () => {
  const spec = `import { test } from "interleave";
    import { run } from "./exercise.ts";
    test("it", { title: { en: "it", "zh-cn": "它" } }, async (t) => {
      await t.call("run", () => run(t.signal));
    });`;
  const exercise = `export async function run(signal: AbortSignal): Promise<void> {
      setTimeout(() => undefined, 1_000);
      signal.addEventListener("abort", () => undefined);
    }`;
  const shown: Diagnosis[] = [];
  collect({ exercise, spec, begins: () => undefined, shows: (diagnosis) => shown.push(diagnosis) });
  assert.deepEqual(
    diagnosisIds.filter((id) => shown.includes(id)),
    ["timer-still-armed", "listener-left-on-signal"],
  );
});
