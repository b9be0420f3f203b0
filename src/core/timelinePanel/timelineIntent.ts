/** Checks what the timeline's page posts: only the closed set of intents comes through. Pure. */
import * as v from "valibot";
import { longestProblem } from "../../protocol/lessonPanelMessages.ts";
import type { FromTimelineMessage } from "../../protocol/timelineMessages.ts";
import { pngBase64, svgText } from "../page/pictureSchemas.ts";

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
/** An editor counts no further. */
const line = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(0x7fffffff));
const seq = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0x7fffffff));

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
  v.strictObject({ id, type: v.literal("saveSvg"), svg: svgText }),
  v.strictObject({ id, type: v.literal("savePng"), png: pngBase64 }),
  v.strictObject({ id, type: v.literal("reportProblem"), problem: v.pipe(v.string(), v.maxLength(longestProblem)) }),
]);

export function parseTimelineIntent(message: unknown): FromTimelineMessage | undefined {
  const result = v.safeParse(intentSchema, message);
  return result.success ? result.output : undefined;
}
