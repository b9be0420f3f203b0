/** Checks what the page of a report posts: only the closed set of intents comes through. Pure. */
import * as v from "valibot";
import { longestProblem } from "../../protocol/lessonPanelMessages.ts";
import { exportFormats, type FromReportMessage } from "../../protocol/reportMessages.ts";
import { locales } from "../../protocol/words.ts";
import { maxNameLength } from "../lesson/lessonLimits.ts";

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** Of an item, a test, a lesson, a rehearsal: what is no such name is found out by whoever looks for it. */
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(2 * maxNameLength));

const intentSchema = v.variant("type", [
  v.strictObject({ id, type: v.literal("ready") }),
  v.strictObject({ id, type: v.literal("replay"), item: name, test: name }),
  v.strictObject({ id, type: v.literal("openCode"), item: name }),
  v.strictObject({ id, type: v.literal("openLesson"), lesson: name }),
  v.strictObject({ id, type: v.literal("openReport"), rehearsal: name }),
  v.strictObject({ id, type: v.literal("exportReport"), format: v.picklist(exportFormats) }),
  v.strictObject({ id, type: v.literal("remove") }),
  v.strictObject({ id, type: v.literal("showMarket") }),
  v.strictObject({ id, type: v.literal("setLanguage"), language: v.picklist(locales) }),
  v.strictObject({ id, type: v.literal("reportProblem"), problem: v.pipe(v.string(), v.maxLength(longestProblem)) }),
]);

export function parseReportIntent(message: unknown): FromReportMessage | undefined {
  const result = v.safeParse(intentSchema, message);
  return result.success ? result.output : undefined;
}
