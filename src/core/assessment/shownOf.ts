/** What a known mistake shows, as its lesson's tests found. Pure. */
import { type Diagnosis, diagnosisIds } from "../../protocol/diagnosis.ts";
import { shownDiagnoses } from "./shownDiagnoses.ts";

/** Nothing where the mistake is of a lesson that does not ship. */
export function shownOf(lesson: string, mistake: string): readonly Diagnosis[] {
  const ofLesson = Object.hasOwn(shownDiagnoses, lesson) ? shownDiagnoses[lesson] : undefined;
  const shown = ofLesson !== undefined && Object.hasOwn(ofLesson, mistake) ? ofLesson[mistake] : undefined;
  const words = new Set(shown?.split(" "));
  return diagnosisIds.filter((id) => words.has(id));
}
