/** Checks what a page of questions posts: only the closed set of intents comes through. Pure. */
import * as v from "valibot";
import { longestProblem } from "../../protocol/lessonPanelMessages.ts";
import { maxNameLength } from "../lesson/lessonLimits.ts";
import type { FromQuizPanelMessage } from "../../protocol/quizPanelMessages.ts";
import { locales } from "../../protocol/words.ts";

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** Of a lesson, a question, an option: what is no such name is found out by whoever looks for it. */
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(2 * maxNameLength + 2));

const intentSchema = v.variant("type", [
  v.strictObject({ id, type: v.literal("ready") }),
  v.strictObject({ id, type: v.literal("showLesson"), lesson: name }),
  v.strictObject({ id, type: v.literal("answered"), question: name, choice: name }),
  v.strictObject({ id, type: v.literal("setLanguage"), language: v.picklist(locales) }),
  v.strictObject({ id, type: v.literal("reportProblem"), problem: v.pipe(v.string(), v.maxLength(longestProblem)) }),
]);

export function parseQuizIntent(message: unknown): FromQuizPanelMessage | undefined {
  const result = v.safeParse(intentSchema, message);
  return result.success ? result.output : undefined;
}
