/** Checks what the timeline's page posts: only the closed set of intents comes through. Pure. */
import * as v from "valibot";
import { longestProblem } from "../protocol/lessonPanelMessages.ts";
import { type FromTimelineMessage, longestPicture } from "../protocol/timelineMessages.ts";

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
/** An editor counts no further. */
const line = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(0x7fffffff));
const seq = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0x7fffffff));
const svg = v.pipe(v.string(), v.maxLength(longestPicture), v.startsWith("<svg xmlns="), v.endsWith("</svg>\n"));
/** The first eight bytes of every PNG, and then base64 to the end. */
const png = v.pipe(v.string(), v.maxLength(longestPicture), v.regex(/^iVBORw0KGgo[A-Za-z0-9+/]+={0,2}$/));

function plain<const T extends string>(type: T) {
  return v.strictObject({ id, type: v.literal(type) });
}

const intentSchema = v.variant("type", [
  plain("ready"),
  plain("showWhole"),
  plain("copySchedule"),
  plain("openLesson"),
  plain("chooseRun"),
  v.strictObject({ id, type: v.literal("moveTo"), seq }),
  v.strictObject({ id, type: v.literal("revealSource"), line, focus: v.boolean() }),
  v.strictObject({ id, type: v.literal("saveSvg"), svg }),
  v.strictObject({ id, type: v.literal("savePng"), png }),
  v.strictObject({ id, type: v.literal("reportProblem"), problem: v.pipe(v.string(), v.maxLength(longestProblem)) }),
]);

export function parseTimelineIntent(message: unknown): FromTimelineMessage | undefined {
  const result = v.safeParse(intentSchema, message);
  return result.success ? result.output : undefined;
}
