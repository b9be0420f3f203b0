/** Grades a file of a lesson, a few at a time. */
import type { Verdict } from "../protocol/verdict.ts";
import type { NodeGrader, ScriptResult } from "../runner/node/createNodeGrader.ts";
import { createLimit } from "../base/limit.ts";
import type { LessonUnderCheck } from "./lessonCheck.ts";

export interface LessonGrader {
  /** @param file its name in messages. */
  grade(lesson: LessonUnderCheck, spec: string, file: string, code: string, seed?: number): Promise<Verdict>;
  script(code: string, file: string): Promise<ScriptResult>;
}

export function createLessonGrader(grader: NodeGrader, atOnce: number, signal: AbortSignal): LessonGrader {
  const limited = createLimit(atOnce);
  return {
    grade: ({ id, meta }, spec, file, code, seed = 1) =>
      limited(() =>
        grader.grade({ lesson: id, spec, exercise: code, exerciseName: file, exports: meta.exports, seed }, signal),
      ),
    script: (code, file) => limited(() => grader.script(code, file, signal)),
  };
}
