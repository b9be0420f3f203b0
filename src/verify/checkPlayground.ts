/** The driver with which the playground runs a lesson: below the solution it type-checks, runs, and leaves nothing behind. */
import { playgroundFile } from "../core/lesson/lessonFiles.ts";
import type { Finding } from "../core/lesson/lessonFinding.ts";
import { linesBeforeDriver, startFromExercise } from "../core/playground/startingPoint.ts";
import type { Simulator } from "../protocol/grading.ts";
import { type Distribution, defaultScenario } from "../protocol/simulation.ts";
import { createLimit } from "../base/limit.ts";
import { finding, type LessonCheck, type LessonUnderCheck } from "./lessonCheck.ts";

/** Enough to meet failing requests and a passed deadline. */
const runs = 200;

/** The program that the check runs; undefined where the lesson has no driver. */
export function playgroundProgram({ solution, sources }: LessonUnderCheck): string | undefined {
  const driver = sources.get(playgroundFile);
  return solution === undefined || driver === undefined ? undefined : startFromExercise(solution, driver);
}

/** Where a line of that program is in the driver; undefined for lines of the solution. */
export function lineOfDriver(lesson: LessonUnderCheck, line: number | undefined): number | undefined {
  const { solution = "", sources } = lesson;
  if (line === undefined || line <= solution.trimEnd().split("\n").length) return undefined;
  const inDriver = line - linesBeforeDriver(solution, sources.get(playgroundFile) ?? "");
  return inDriver > 0 ? inDriver : undefined;
}

export function createPlaygroundCheck(simulator: () => Simulator, signal: AbortSignal): LessonCheck {
  const limited = createLimit(1);
  return async (lesson) => {
    const program = playgroundProgram(lesson);
    return program === undefined ? [] : limited(() => check(lesson, program, simulator(), signal));
  };
}

async function check(
  lesson: LessonUnderCheck,
  program: string,
  simulator: Simulator,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  let all: Distribution | undefined;
  const scenario = { ...defaultScenario, runs };
  try {
    const error = await simulator.simulate({ program, scenario, chosen: 0, distribution: true }, signal, {
      played: () => undefined,
      sampled: (distribution) => {
        all = distribution;
      },
    });
    if (error !== undefined) {
      const { en, "zh-cn": zhCn } = error.message;
      const line = lineOfDriver(lesson, error.source?.line);
      return [finding(lesson, playgroundFile, line, `below the solution: ${en}`, `接在参考解之后：${zhCn}`)];
    }
  } finally {
    simulator.dispose();
  }
  return (all?.problems ?? []).flatMap(({ problem }) => {
    // In a deadline's time or with luck, `main` may reject.
    if ("reason" in problem) return [];
    const { en, "zh-cn": zhCn } = problem.message;
    const line = lineOfDriver(lesson, problem.line);
    return [finding(lesson, playgroundFile, line, `below the solution: ${en}`, `接在参考解之后：${zhCn}`)];
  });
}
