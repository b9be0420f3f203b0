/** Explores a lesson: its spec against one file, and against every known mistake. Pure but for the grader. */
import type { GradeRequest, SpaceExplorer } from "../../protocol/grading.ts";
import type { Mistake } from "../lesson/lessonFiles.ts";
import { type Exploration, type ExploredMistake, exploration } from "./exploration.ts";

export interface LessonToExplore {
  readonly request: GradeRequest;
  /** The explored file as the author named it. */
  readonly file: string;
  readonly mistakes: readonly Mistake[];
}

/** What is under way: the explored file, then one mistake after another. */
export type ExploreProgress = (file: string, done: number, total: number) => void;

/** @throws whatever `signal` was aborted with */
export async function exploreLesson(
  grader: SpaceExplorer,
  { request, file, mistakes }: LessonToExplore,
  signal: AbortSignal,
  progress: ExploreProgress,
): Promise<Exploration> {
  const total = mistakes.length + 1;
  progress(file, 0, total);
  const explored = await grader.explore(request, signal);
  signal.throwIfAborted();
  const known: ExploredMistake[] = [];
  for (const { name, code, diagnosis } of mistakes) {
    const exerciseName = `mistakes/${name}.ts`;
    progress(exerciseName, known.length + 1, total);
    const found = await grader.explore({ ...request, exercise: code, exerciseName }, signal);
    signal.throwIfAborted();
    known.push({ name, declared: diagnosis, explored: found });
  }
  return exploration({ lesson: request.lesson, file, spec: request.spec, explored, mistakes: known });
}
