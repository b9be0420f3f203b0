/**
 * What a good spoken explanation of each lesson's solution says: `questions/explain/checklists.json`. The places of the points are
 * what a record keeps. Pure.
 */
import * as v from "valibot";
import type { Words } from "../../protocol/words.ts";
import { parseChecked } from "../checkedJson.ts";
import type { Parsed } from "../lesson/lessonFinding.ts";
import { id, words } from "../questions/questionSchema.ts";

/** The most points of one lesson; a record takes as many places. */
const mostPoints = 20;

const fileSchema = v.strictObject({
  version: v.literal(1),
  checklists: v.record(id, v.pipe(v.array(words), v.minLength(1), v.maxLength(mostPoints))),
});

/** By lesson. */
export type Checklists = Readonly<Record<string, readonly Words[]>>;

export const checklistsFile = "explain/checklists.json";

export function parseChecklists(json: string): Parsed<Checklists> {
  const result = parseChecked(fileSchema, json, checklistsFile);
  return result.ok ? { ok: true, value: result.value.checklists } : result;
}

/** None where the file has nothing on the lesson. */
export function checklistOf(checklists: Checklists, lesson: string): readonly Words[] {
  return Object.hasOwn(checklists, lesson) ? (checklists[lesson] ?? []) : [];
}
