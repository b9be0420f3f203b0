/** Checks what a page asks of the scheduler game. Pure. */
import * as v from "valibot";
import { maxCaseName } from "./ownCases.ts";

export const stepperIntentSchema = v.variant("do", [
  v.strictObject({
    do: v.literal("choose"),
    index: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff)),
  }),
  v.strictObject({ do: v.literal("undo") }),
  v.strictObject({ do: v.literal("restart") }),
  v.strictObject({ do: v.literal("keep"), name: v.pipe(v.string(), v.maxLength(maxCaseName)) }),
  v.strictObject({ do: v.literal("stop") }),
]);
