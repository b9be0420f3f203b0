/** What lessons and kinds of bugs are called. Pure. */
import { isDiagnosis } from "../../protocol/diagnosis.ts";
import type { Locale } from "../../protocol/words.ts";
import { diagnoses } from "../verdict/diagnoses.ts";
import type { ReportLesson } from "./teamReport.ts";

export function titleOf(lesson: ReportLesson, locale: Locale): string {
  return lesson.title?.[locale] ?? lesson.id;
}

/** One that only a newer version knows goes by its id. */
export function bugTitle(diagnosis: string, locale: Locale): string {
  return isDiagnosis(diagnosis) ? diagnoses[diagnosis].title[locale] : diagnosis;
}

/** "" for one that only a newer version knows. */
export function bugExplanation(diagnosis: string, locale: Locale): string {
  return isDiagnosis(diagnosis) ? diagnoses[diagnosis].explanation[locale] : "";
}
