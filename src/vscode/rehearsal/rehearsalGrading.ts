/** Grades the coding tasks of a rehearsal that is over, by their lessons' specs. Extension host. */
import { taskFile } from "../../core/assessment/assessmentView.ts";
import type { RehearsalRecord } from "../../core/assessment/rehearsal.ts";
import { summaryOf, type VerdictSummary } from "../../core/assessment/verdictSummary.ts";
import type { Grader } from "../../protocol/grading.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import type { RehearsalStore } from "./rehearsalStore.ts";

export interface RehearsalGradingParts {
  readonly library: LessonLibrary;
  readonly grader: Grader;
  readonly store: RehearsalStore;
}

/**
 * One after another, and each verdict is saved as it comes. What was not touched has none, and what has one is not run again.
 * An abort leaves the others without.
 */
export async function gradeTasks(
  { library, grader, store }: RehearsalGradingParts,
  { plan, items }: RehearsalRecord,
  signal: AbortSignal,
  progress: (done: number, of: number) => void,
): Promise<void> {
  let verdicts: Readonly<Record<string, VerdictSummary>> = await store.verdicts(plan.id);
  const tasks = plan.items.flatMap((item) => {
    const exercise = items[item.id]?.code;
    return item.kind === "coding" && exercise !== undefined && !Object.hasOwn(verdicts, item.id)
      ? [{ item, exercise }]
      : [];
  });
  for (const [done, { item, exercise }] of tasks.entries()) {
    progress(done, tasks.length);
    const { meta, spec } = await library.lesson(item.lesson);
    const request = { lesson: item.lesson, spec, exercise, exerciseName: taskFile(item), exports: meta.exports };
    const verdict = await grader.grade(request, signal);
    if (signal.aborted) return;
    verdicts = { ...verdicts, [item.id]: summaryOf(verdict) };
    await store.saveVerdicts(plan.id, verdicts);
  }
}
