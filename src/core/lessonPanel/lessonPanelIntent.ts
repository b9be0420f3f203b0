/** Checks what the lesson panel's page posts: only the closed set of intents comes through. Pure. */
import * as v from "valibot";
import { type FromLessonPanelMessage, longestDrawing, longestProblem } from "../../protocol/lessonPanelMessages.ts";
import { locales } from "../../protocol/words.ts";
import { stepperIntentSchema } from "../stepper/stepperIntent.ts";

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const shortText = v.pipe(v.string(), v.maxLength(200));
/** An editor counts no further. */
const position = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(0x7fffffff));

/** What every message has. */
const head = { id, shown: v.optional(shortText) };

function plain<const T extends string>(type: T) {
  return v.strictObject({ ...head, type: v.literal(type) });
}

const intentSchema = v.variant("type", [
  plain("ready"),
  plain("run"),
  plain("stop"),
  plain("showHint"),
  plain("showSolution"),
  plain("resetExercise"),
  plain("restoreExercise"),
  plain("openExercise"),
  plain("checkYourself"),
  plain("openInPlayground"),
  v.strictObject({
    ...head,
    type: v.literal("revealSource"),
    source: v.strictObject({ line: position, column: position }),
  }),
  v.strictObject({ ...head, type: v.literal("copySchedule"), test: shortText }),
  v.strictObject({ ...head, type: v.literal("replayFailure"), test: shortText }),
  v.strictObject({ ...head, type: v.literal("showFailure"), test: shortText }),
  v.strictObject({ ...head, type: v.literal("debugFailure"), test: shortText }),
  v.strictObject({ ...head, type: v.literal("stepThroughFailure"), test: shortText }),
  plain("debugLoop"),
  plain("showNaturalOrder"),
  v.strictObject({ ...head, type: v.literal("moveTo"), moment: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) }),
  plain("lookAtWhole"),
  plain("beatScheduler"),
  v.strictObject({ ...head, type: v.literal("stepper"), intent: stepperIntentSchema }),
  v.strictObject({ ...head, type: v.literal("openLesson"), lesson: shortText }),
  v.strictObject({ ...head, type: v.literal("openPackFile"), file: shortText, line: position }),
  v.strictObject({ ...head, type: v.literal("setLanguage"), language: v.picklist(locales) }),
  v.strictObject({
    ...head,
    type: v.literal("keepDrawing"),
    drawing: v.strictObject({
      file: shortText,
      look: shortText,
      svg: v.pipe(v.string(), v.startsWith("<svg"), v.maxLength(longestDrawing)),
    }),
  }),
  v.strictObject({
    ...head,
    type: v.literal("reportProblem"),
    problem: v.pipe(v.string(), v.maxLength(longestProblem)),
  }),
]);

export function parseIntent(message: unknown): FromLessonPanelMessage | undefined {
  const result = v.safeParse(intentSchema, message);
  return result.success ? result.output : undefined;
}

/** The number of a message that is no intent, where it has one: even that gets its answer. */
export function messageId(message: unknown): number | undefined {
  const result = v.safeParse(v.object({ id }), message);
  return result.success ? result.output.id : undefined;
}
