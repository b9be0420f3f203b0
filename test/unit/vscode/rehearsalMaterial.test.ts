// What a rehearsal takes for known to the learner: what was written, also what a reset took away, what runs, reviews, hints,
// solutions and questions have shown, and what earlier rehearsals found in the learner's own code.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { root } from "../../../scripts/lib/paths.mjs";
import { createFolderReader } from "../../../src/cli/folderReader.ts";
import { mistakesOf } from "../../../src/core/assessment/drawPool.ts";
import type { RehearsalRecord } from "../../../src/core/assessment/rehearsal.ts";
import type { VerdictSummary } from "../../../src/core/assessment/verdictSummary.ts";
import { readCatalog, readLesson, readLessonMeta, readQuiz } from "../../../src/core/lesson/lessonFiles.ts";
import type { Parsed } from "../../../src/core/lesson/lessonFinding.ts";
import { Progress } from "../../../src/core/progress/progress.ts";
import type { ProgressEvent } from "../../../src/core/progress/progressEvents.ts";
import { day } from "../../../src/core/questions/reviewCards.ts";
import { RehearsalMaterial, type RehearsalMaterialParts } from "../../../src/vscode/rehearsal/rehearsalMaterial.ts";
import { readMaterial, readRealBank } from "../core/assessment/material.ts";

const now = 100 * day;
const lessons = createFolderReader(join(root, "lessons"));
let library: RehearsalMaterialParts["library"];

before(async () => {
  const { mistakes, lessons: metas } = await readMaterial(await readRealBank());
  const [catalog, ...read] = await Promise.all([
    readCatalog(lessons),
    ...metas.map(({ id }) => readLessonMeta(lessons, id)),
  ]);
  library = {
    overview: () =>
      Promise.resolve({
        catalog: valueOf(catalog),
        metas: new Map(read.map((meta) => [valueOf(meta).id, valueOf(meta)])),
        findings: [],
      }),
    mistakes: () => Promise.resolve(mistakes),
    lesson: async (id) => valueOf(await readLesson(lessons, id)),
    quiz: async (id) => valueOf(await readQuiz(lessons, id)),
  };
});

function valueOf<T>(result: Parsed<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.findings));
  return result.value;
}

interface Known {
  readonly events?: readonly ProgressEvent[];
  readonly written?: Readonly<Record<string, readonly string[]>>;
  readonly records?: readonly RehearsalRecord[];
  readonly verdicts?: Readonly<Record<string, VerdictSummary>>;
}

function materialFor({ events = [], written = {}, records = [], verdicts = {} }: Known): RehearsalMaterial {
  return new RehearsalMaterial({
    bank: createFolderReader(join(root, "questions")),
    library,
    exercises: { writtenTexts: (id) => Promise.resolve(written[id] ?? []) },
    store: { progress: Progress.of(events) },
    rehearsals: { list: () => Promise.resolve(records), verdicts: () => Promise.resolve(verdicts) },
    onFinding: (finding) => {
      throw new Error(finding);
    },
    now: () => now,
  });
}

/** The bugs of a lesson that this learner may be asked about. */
async function bugsOf(
  known: Known,
  lesson: string,
): Promise<readonly { readonly name: string; readonly diagnosis: string }[]> {
  const from = materialFor(known);
  const pool = mistakesOf(await from.material(), await from.past());
  return pool.flatMap((each) =>
    "mistake" in each && each.lesson === lesson ? [{ name: each.mistake, diagnosis: each.diagnosis }] : [],
  );
}

test("nobody who knows nothing is kept from anything, and what was seen long ago is new again", async () => {
  const all = await bugsOf({}, "semaphore");
  assert.ok(all.length > 5);
  const long = { at: now - 31 * day, lesson: "semaphore" };
  const events: readonly ProgressEvent[] = [
    { ...long, id: "a", type: "quiz-shown" },
    { ...long, id: "b", type: "hint-shown", hint: 1 },
    { ...long, id: "c", type: "solution-shown" },
    { ...long, id: "d", type: "graded", passed: false, diagnoses: ["permit-lost", "released-twice"] },
  ];
  assert.deepEqual(await bugsOf({ events }, "semaphore"), all);
});

for (const shown of ["hint-shown", "solution-shown"] as const)
  test(`of a lesson with ${shown} lately no bug is asked, of another one they are`, async () => {
    const common = { id: "a", at: now - day, lesson: "semaphore" };
    const event: ProgressEvent =
      shown === "hint-shown" ? { ...common, type: shown, hint: 1 } : { ...common, type: shown };
    assert.deepEqual(await bugsOf({ events: [event] }, "semaphore"), []);
    assert.ok((await bugsOf({ events: [event] }, "single-flight")).length > 0);
  });

test("the bugs that a lesson's questions have told of are not asked after them", async () => {
  const events: readonly ProgressEvent[] = [{ id: "a", at: now - day, lesson: "semaphore", type: "quiz-shown" }];
  const quiz = valueOf(await readQuiz(lessons, "semaphore"));
  const told = quiz.questions.flatMap((each) =>
    each.kind === "find-bug" ? (each.options.find(({ id }) => id === each.answer)?.diagnosis ?? []) : [],
  );
  assert.ok(told.length > 0);
  const before = await bugsOf({}, "semaphore");
  assert.ok(before.some(({ diagnosis }) => told.some((each) => each === diagnosis)));
  const after = await bugsOf({ events }, "semaphore");
  assert.deepEqual(
    after,
    before.filter(({ diagnosis }) => !told.some((each) => each === diagnosis)),
  );
});

test("what runs, reviews and one's own texts have shown is not asked, also where a reset took the text away", async () => {
  const before = await bugsOf({}, "semaphore");
  const [first, second] = before;
  assert.ok(first && second);
  const code = (await library.mistakes()).get("semaphore")?.find(({ name }) => name === first.name)?.code;
  assert.ok(code !== undefined);
  const left = await bugsOf(
    {
      written: { semaphore: ["export {};", `// mine\n${code}`] },
      events: [
        {
          id: "a",
          at: 1,
          lesson: "semaphore",
          type: "reviewed",
          diagnosis: "permit-lost",
          mistake: second.name,
          right: true,
        },
        { id: "b", at: now - day, lesson: "semaphore", type: "graded", passed: false, diagnoses: ["released-twice"] },
      ],
    },
    "semaphore",
  );
  assert.deepEqual(
    left,
    before.filter(
      ({ name, diagnosis }) => name !== first.name && name !== second.name && diagnosis !== "released-twice",
    ),
  );
});

test("what an earlier rehearsal found in the learner's own code is not asked", async () => {
  const record: RehearsalRecord = {
    plan: {
      ...{ version: 1, id: "r-0", seed: 1, profile: "campus", minutes: 20 },
      items: [{ id: "1", kind: "coding", skill: "limits", level: "intermediate", seconds: 360, lesson: "semaphore" }],
    },
    ...{ startedAt: now - day, activeMs: 0, pauses: [], items: {} },
  };
  const test: VerdictSummary["tests"][number] = {
    ...{ name: "a", title: { en: "A", "zh-cn": "甲" }, status: "failed", output: [] },
    schedules: { run: 1, total: null, exhaustive: false, deviations: 0 },
    failure: { diagnosis: "permit-lost", message: { en: "m", "zh-cn": "m" }, schedule: "s", at: 3 },
  };
  const verdicts = { "1": { version: 1, lesson: "semaphore", passed: false, durationMs: 1, tests: [test] } } as const;
  const before = await bugsOf({}, "semaphore");
  const left = await bugsOf({ records: [record], verdicts }, "semaphore");
  assert.ok(left.length < before.length);
  assert.deepEqual(
    left,
    before.filter(({ diagnosis }) => diagnosis !== "permit-lost"),
  );
});
