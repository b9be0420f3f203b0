/** Checks what the host says of the scheduler game against src/protocol/stepperMessages.ts. Runs in a webview's page. */
import type { StepAction } from "../../src/protocol/steps.ts";
import type {
  StepperEnd,
  StepperOption,
  StepperStep,
  StepperStrings,
  StepperView,
} from "../../src/protocol/stepperMessages.ts";
import * as is from "./guards.ts";

const isAction = is.nameOf<StepAction>({
  complete: true,
  fail: true,
  hang: true,
  slow: true,
  cancel: true,
  "cancel-before": true,
  "cancel-within": true,
});

const isStrings = is.record<StepperStrings>({
  title: is.isString,
  help: is.isString,
  next: is.isString,
  natural: is.isString,
  chosen: is.isString,
  nothingChosen: is.isString,
  undo: is.isString,
  restart: is.isString,
  stop: is.isString,
  keep: is.isString,
  keepName: is.isString,
  kept: is.isString,
  busy: is.isString,
  schedule: is.isString,
});

export const isStepperView = is.record<StepperView>({
  test: is.isString,
  busy: is.isBoolean,
  steps: is.listOf(is.record<StepperStep>({ text: is.isString, then: is.isString })),
  now: is.isString,
  options: is.listOf(
    is.record<StepperOption>({ what: isAction, text: is.isString, detail: is.isString, natural: is.isBoolean }),
  ),
  ended: is.optional(
    is.record<StepperEnd>({
      passed: is.isBoolean,
      headline: is.isString,
      message: is.isString,
      schedule: is.isString,
      name: is.isString,
      kept: is.isBoolean,
    }),
  ),
  problem: is.optional(is.isString),
  strings: isStrings,
});
