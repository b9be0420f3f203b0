/**
 * Checks what a sandbox process says: learner code runs there, so a message counts only where it is of the closed set and
 * of its shape. Runs in the extension host or the command line.
 */
import * as v from "valibot";
import { diagnosisIds } from "../protocol/diagnosis.ts";
import type { FromSandboxMessage } from "../protocol/sandboxMessages.ts";

const words = v.strictObject({ en: v.string(), "zh-cn": v.string() });
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const fromOne = v.pipe(v.number(), v.integer(), v.minValue(1));
const source = v.strictObject({ line: fromOne, column: fromOne });

const trace = v.array(
  v.strictObject({
    seq: count,
    at: v.number(),
    type: v.picklist([
      ...(["call", "settle", "start", "complete", "fail", "hold", "abort", "clear"] as const),
      ...(["cancel", "console", "finding"] as const),
    ]),
    kind: v.picklist([
      ...(["timer", "fetch", "body", "dial", "work", "spec"] as const),
      ...(["call", "signal", "console", "finding"] as const),
    ]),
    operation: count,
    label: v.string(),
    cause: v.exactOptional(count),
    line: v.exactOptional(v.number()),
    detail: v.exactOptional(v.string()),
  }),
);

const failure = v.strictObject({
  diagnosis: v.picklist(diagnosisIds),
  message: words,
  schedule: v.string(),
  at: v.number(),
  source: v.exactOptional(source),
  expected: v.exactOptional(v.string()),
  actual: v.exactOptional(v.string()),
  trace,
});

const verdict = v.strictObject({
  name: v.string(),
  title: words,
  status: v.picklist(["passed", "failed"]),
  schedules: v.strictObject({
    run: count,
    total: v.nullable(count),
    exhaustive: v.boolean(),
    reduced: v.exactOptional(v.literal(true)),
    deviations: count,
  }),
  failure: v.exactOptional(failure),
  output: v.array(v.string()),
});

const error = v.strictObject({
  code: v.picklist([
    ...(["syntax-error", "not-erasable", "import-not-allowed", "missing-export", "empty-file"] as const),
    ...(["threw-on-load", "endless-loop", "out-of-memory", "output-too-large", "not-deterministic"] as const),
    ...(["broken-lesson", "schedule-unusable", "sandbox-refused", "sandbox-crashed", "cancelled"] as const),
  ]),
  message: words,
  source: v.exactOptional(source),
});

const message = v.variant("type", [
  v.strictObject({ type: v.literal("ready"), confinement: v.array(v.string()) }),
  v.strictObject({ type: v.literal("listed"), tests: v.array(v.strictObject({ name: v.string(), title: words })) }),
  v.strictObject({ type: v.literal("progress"), test: v.string(), schedules: count }),
  v.strictObject({ type: v.literal("tested"), verdict }),
  v.strictObject({
    type: v.literal("done"),
    trace: v.exactOptional(trace),
    output: v.exactOptional(v.array(v.string())),
    verdict: v.exactOptional(verdict),
  }),
  v.strictObject({ type: v.literal("failed"), error }),
]);

/** The message, or undefined where it is none. */
export function parseSandboxMessage(value: unknown): FromSandboxMessage | undefined {
  const result = v.safeParse(message, value);
  return result.success ? result.output : undefined;
}
