/** Checks what the page "Check yourself" posts: only the closed set of intents comes through. Pure. */
import * as v from "valibot";
import { longestProblem } from "../protocol/lessonPanelMessages.ts";
import type { FromQuizPanelMessage } from "../protocol/quizPanelMessages.ts";
import { locales } from "../protocol/words.ts";

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

const intentSchema = v.variant("type", [
  v.strictObject({ id, type: v.literal("ready") }),
  v.strictObject({ id, type: v.literal("showLesson") }),
  v.strictObject({ id, type: v.literal("setLanguage"), language: v.picklist(locales) }),
  v.strictObject({ id, type: v.literal("reportProblem"), problem: v.pipe(v.string(), v.maxLength(longestProblem)) }),
]);

export function parseQuizIntent(message: unknown): FromQuizPanelMessage | undefined {
  const result = v.safeParse(intentSchema, message);
  return result.success ? result.output : undefined;
}
