/** By running them: the starter fails, the solution passes whatever the seed, every mistake fails with its diagnosis. */
import type { Finding } from "../core/lesson/lessonFinding.ts";
import type { GradeError, Verdict } from "../protocol/verdict.ts";
import type { Diagnosis } from "../protocol/diagnosis.ts";
import type { LessonGrader } from "./gradeLesson.ts";
import { finding, type LessonCheck, type LessonUnderCheck } from "./lessonCheck.ts";

const seeds = [1, 2, 3];

export function createStarterCheck(grader: LessonGrader): LessonCheck {
  const file = "exercise.ts";
  return async (lesson) => {
    const { exercise, spec } = lesson;
    if (exercise === undefined || spec === undefined) return [];
    const verdict = await grader.grade(lesson, spec, file, exercise);
    if (verdict.error !== undefined) return [errorFinding(lesson, file, verdict.error)];
    return verdict.passed
      ? [finding(lesson, file, undefined, "the starter passes: there is nothing to do", "起始代码已经通过，没有可练的")]
      : [];
  };
}

export function createSolutionCheck(grader: LessonGrader): LessonCheck {
  const file = "solution.ts";
  return async (lesson) => {
    const { solution, spec } = lesson;
    if (solution === undefined || spec === undefined) return [];
    const verdicts = await Promise.all(seeds.map((seed) => grader.grade(lesson, spec, file, solution, seed)));
    for (const [index, verdict] of verdicts.entries()) {
      const findings = solutionFindings(lesson, file, verdict, seeds[index] ?? 1);
      if (findings.length > 0) return findings;
    }
    const [first, ...others] = verdicts.map(fingerprint);
    const differs = others.findIndex((each) => each !== first);
    if (differs === -1) return [];
    const seed = String(seeds[differs + 1]);
    return [
      finding(
        lesson,
        file,
        undefined,
        `seeds 1 and ${seed} do not give the same verdict`,
        `种子 1 与 ${seed} 的结果不一致`,
      ),
    ];
  };
}

function solutionFindings(lesson: LessonUnderCheck, file: string, verdict: Verdict, seed: number): readonly Finding[] {
  if (verdict.error !== undefined) return [errorFinding(lesson, file, verdict.error)];
  return verdict.tests.flatMap(({ name, failure }) => {
    if (failure === undefined) return [];
    const { diagnosis, message, schedule, source } = failure;
    const where = `${name} (${schedule}, seed ${String(seed)})`;
    return [
      finding(
        lesson,
        file,
        source?.line,
        `the solution fails ${where}: ${diagnosis}: ${message.en}`,
        `参考解未通过 ${where}：${diagnosis}：${message["zh-cn"]}`,
      ),
    ];
  });
}

/** What must not depend on the seed. */
function fingerprint({ tests }: Verdict): string {
  return tests
    .map(({ name, status, schedules: { run, total, exhaustive } }) => [name, status, run, total, exhaustive].join())
    .join("\n");
}

export function createMistakesCheck(grader: LessonGrader): LessonCheck {
  return async (lesson) => {
    const { spec, mistakes } = lesson;
    if (spec === undefined) return [];
    const lists = await Promise.all(
      mistakes.map(async ({ name, code, diagnosis }) => {
        const file = `mistakes/${name}.ts`;
        const verdict = await grader.grade(lesson, spec, file, code);
        if (verdict.error !== undefined) return [errorFinding(lesson, file, verdict.error)];
        const found = firstDiagnosis(verdict);
        if (found === diagnosis) return [];
        return found === undefined
          ? [finding(lesson, file, 1, "this mistake passes every test", "这个错误写法通过了所有测试")]
          : [
              finding(
                lesson,
                file,
                1,
                `the diagnosis is "${found}" but should be "${diagnosis}" (${firstFailing(verdict)})`,
                `诊断是“${found}”，应为“${diagnosis}”（${firstFailing(verdict)}）`,
              ),
            ];
      }),
    );
    return lists.flat();
  };
}

/** The diagnosis of the first test that fails. */
export function firstDiagnosis({ tests }: Verdict): Diagnosis | undefined {
  return tests.find(({ failure }) => failure !== undefined)?.failure?.diagnosis;
}

function firstFailing({ tests }: Verdict): string {
  return tests.find(({ failure }) => failure !== undefined)?.name ?? "";
}

/** Where the spec is at fault, that is where the finding belongs. */
function errorFinding(lesson: LessonUnderCheck, file: string, { code, message, source }: GradeError): Finding {
  if (code === "broken-lesson") return finding(lesson, "spec.ts", source?.line, message.en, message["zh-cn"]);
  return finding(lesson, file, source?.line, `cannot be graded: ${message.en}`, `无法评判：${message["zh-cn"]}`);
}
