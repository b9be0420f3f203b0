/** Checks what the page of a rehearsal posts: only the closed set of intents comes through. Pure. */
import * as v from "valibot";
import type { FromAssessmentMessage } from "../../protocol/assessmentMessages.ts";
import { longestProblem } from "../../protocol/lessonPanelMessages.ts";
import { locales } from "../../protocol/words.ts";
import { maxNameLength } from "../lesson/lessonLimits.ts";
import { rehearsalMinutes } from "./rehearsal.ts";
import { isRehearsalId, longestWriting } from "./sessionEvents.ts";
import { profileIds } from "./skills.ts";

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const rehearsal = v.pipe(v.string(), v.check(isRehearsalId));
/** What is no such item or option is found out by whoever looks for it. */
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(maxNameLength));
const item = { id, item: name };

/** A seed is a whole number of 32 bits. */
export const largestSeed = 0xffff_ffff;
const seed = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(largestSeed));

/** What a rehearsal is begun with. */
const choice = {
  id,
  profile: v.picklist(profileIds),
  minutes: v.picklist(rehearsalMinutes),
  seed: v.exactOptional(seed),
};

const intentSchema = v.variant("type", [
  v.strictObject({ id, type: v.literal("ready") }),
  v.strictObject({ ...choice, type: v.literal("consider") }),
  v.strictObject({ ...choice, type: v.literal("start") }),
  v.strictObject({ id, type: v.literal("goOn"), rehearsal }),
  v.strictObject({ id, type: v.literal("openReport"), rehearsal }),
  v.strictObject({ id, type: v.literal("toStart") }),
  v.strictObject({ ...item, type: v.literal("show") }),
  v.strictObject({ ...item, type: v.literal("choose"), choice: name }),
  v.strictObject({ ...item, type: v.literal("skip") }),
  v.strictObject({ ...item, type: v.literal("flag"), flagged: v.boolean() }),
  v.strictObject({ ...item, type: v.literal("explain"), text: v.pipe(v.string(), v.maxLength(longestWriting)) }),
  v.strictObject({ ...item, type: v.literal("openTask") }),
  v.strictObject({ id, type: v.literal("pause") }),
  v.strictObject({ id, type: v.literal("resume") }),
  v.strictObject({ id, type: v.literal("handIn") }),
  v.strictObject({
    ...item,
    type: v.literal("tick"),
    checked: v.pipe(v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(49))), v.maxLength(50)),
  }),
  v.strictObject({
    ...item,
    type: v.literal("rate"),
    rating: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(5)),
  }),
  v.strictObject({ id, type: v.literal("stopGrading") }),
  v.strictObject({ id, type: v.literal("setLanguage"), language: v.picklist(locales) }),
  v.strictObject({ id, type: v.literal("reportProblem"), problem: v.pipe(v.string(), v.maxLength(longestProblem)) }),
]);

export type CheckedAssessmentIntent = v.InferOutput<typeof intentSchema> & FromAssessmentMessage;

export function parseAssessmentIntent(message: unknown): CheckedAssessmentIntent | undefined {
  const result = v.safeParse(intentSchema, message);
  return result.success ? result.output : undefined;
}
