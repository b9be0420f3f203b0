/** Checks what the playground's page posts: only the closed set of intents comes through. Pure. */
import * as v from "valibot";
import { longestProblem } from "../../protocol/lessonPanelMessages.ts";
import type { FromPlaygroundMessage } from "../../protocol/playgroundMessages.ts";
import { pngBase64, svgText } from "../page/pictureSchemas.ts";
import { documentEntries, runSchema } from "./document.ts";

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

function plain<const T extends string>(type: T) {
  return v.strictObject({ id, type: v.literal(type) });
}

function withDocument<const T extends string>(type: T) {
  return v.strictObject({ id, type: v.literal(type), ...documentEntries });
}

const intentSchema = v.variant("type", [
  plain("ready"),
  v.strictObject({
    id,
    type: v.literal("simulate"),
    ...documentEntries,
    request: id,
    chosen: runSchema,
    distribution: v.boolean(),
  }),
  plain("stop"),
  withDocument("keep"),
  withDocument("saveFile"),
  plain("openFile"),
  withDocument("copyLink"),
  plain("startFrom"),
  v.strictObject({ id, type: v.literal("saveSvg"), svg: svgText }),
  v.strictObject({ id, type: v.literal("savePng"), png: pngBase64 }),
  v.strictObject({ id, type: v.literal("reportProblem"), problem: v.pipe(v.string(), v.maxLength(longestProblem)) }),
]);

export function parsePlaygroundIntent(message: unknown): FromPlaygroundMessage | undefined {
  const result = v.safeParse(intentSchema, message);
  return result.success ? result.output : undefined;
}
