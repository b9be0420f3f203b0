/**
 * Reads what a sandbox writes. Code that nobody trusts runs in that process, so nothing is taken over that has not the
 * shape of a message: whatever else arrives counts as damage. Runs in the extension host or the command line.
 */
import * as v from "valibot";
import { diagnosisIds } from "../protocol/diagnosis.ts";
import type { FromSandboxMessage } from "../protocol/sandboxMessages.ts";
import { ruleNames } from "../protocol/space.ts";
import { stepActions, stepKinds } from "../protocol/steps.ts";

/** A message; or "flood" for more than may be written, "damage" for what is no message. */
export type SandboxAnswer = FromSandboxMessage | { readonly type: "flood" } | { readonly type: "damage" };

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const fromOne = v.pipe(v.number(), v.integer(), v.minValue(1));
const words = v.strictObject({ en: v.string(), "zh-cn": v.string() });
const position = v.strictObject({ line: fromOne, column: fromOne });
const lines = v.array(v.string());

const eventTypes = [
  ...["call", "settle", "start", "complete", "fail", "hold", "abort", "clear", "cancel", "console", "finding"],
] as const;
const subjectKinds = [
  "timer",
  "fetch",
  "body",
  "dial",
  "work",
  "spec",
  "call",
  "signal",
  "console",
  "finding",
] as const;

const event = v.strictObject({
  seq: count,
  at: v.number(),
  type: v.picklist(eventTypes),
  kind: v.picklist(subjectKinds),
  operation: count,
  label: v.string(),
  cause: v.exactOptional(count),
  line: v.exactOptional(fromOne),
  detail: v.exactOptional(v.string()),
});

const trace = v.array(event);

const failure = v.strictObject({
  diagnosis: v.picklist(diagnosisIds),
  message: words,
  schedule: v.string(),
  at: v.number(),
  source: v.exactOptional(position),
  expected: v.exactOptional(v.string()),
  actual: v.exactOptional(v.string()),
  trace,
});

const common = {
  name: v.string(),
  title: words,
  schedules: v.strictObject({
    run: count,
    total: v.nullable(count),
    exhaustive: v.boolean(),
    reduced: v.exactOptional(v.literal(true)),
    deviations: count,
  }),
  output: lines,
};

/** Passed or with a failure, never both and never neither. */
const verdict = v.variant("status", [
  v.strictObject({ ...common, status: v.literal("passed") }),
  v.strictObject({ ...common, status: v.literal("failed"), failure }),
]);

const stepOption = v.strictObject({
  what: v.picklist(stepActions),
  kind: v.picklist(stepKinds),
  label: v.string(),
  occurrence: fromOne,
  operation: count,
  line: v.exactOptional(fromOne),
  at: v.number(),
  natural: v.boolean(),
});

const time = v.pipe(v.number(), v.finite());
const maybeCount = v.nullable(count);
const ends = ["fulfilled", "rejected", "cancelled", "unsettled"] as const;
const problem = v.strictObject({ diagnosis: v.picklist(diagnosisIds), message: words, line: v.exactOptional(fromOne) });

const chosenRun = v.strictObject({
  run: count,
  end: v.picklist(ends),
  at: time,
  results: maybeCount,
  reason: v.exactOptional(v.string()),
  problem: v.exactOptional(problem),
  trace,
  output: lines,
});

const distribution = v.strictObject({
  runs: count,
  settledAt: v.array(v.nullable(time)),
  ends: v.strictObject({ fulfilled: count, rejected: count, cancelled: count, unsettled: count }),
  results: v.array(maybeCount),
  inFlight: v.strictObject({
    stepMs: time,
    low: v.array(count),
    median: v.array(count),
    high: v.array(count),
    peak: count,
  }),
  problems: v.array(
    v.strictObject({
      problem: v.union([problem, v.strictObject({ reason: v.string() })]),
      runs: fromOne,
      first: count,
    }),
  ),
  problemRuns: count,
});

const space = v.strictObject({
  test: v.string(),
  orders: count,
  depth: v.strictObject({ least: count, most: count }),
  widest: count,
  cancelsEverywhere: v.boolean(),
  rulesOff: v.array(v.picklist(ruleNames)),
  calls: v.strictObject({
    withSignal: count,
    aborted: count,
    bornAborted: count,
    mayFulfil: v.boolean(),
    drains: v.boolean(),
  }),
  timers: count,
  steps: v.array(
    v.strictObject({
      kind: v.picklist(["timer", "fetch", "body", "dial", "work", "spec"]),
      label: v.string(),
      started: count,
      fates: v.strictObject({ completed: count, failed: count, held: count, aborted: count }),
      may: v.strictObject({ fail: v.boolean(), hang: v.boolean(), slow: v.boolean() }),
    }),
  ),
  reached: v.array(count),
});

/** The codes that a sandbox may give; the others are the runner's own to give. */
const errorCodes = [
  "threw-on-load",
  "out-of-memory",
  "not-deterministic",
  "broken-lesson",
  "schedule-unusable",
  "sandbox-refused",
  "sandbox-crashed",
] as const;

const message = v.variant("type", [
  v.strictObject({ type: v.literal("ready"), confinement: lines }),
  v.strictObject({ type: v.literal("listed"), tests: v.array(v.strictObject({ name: v.string(), title: words })) }),
  v.strictObject({ type: v.literal("progress"), test: v.string(), schedules: count }),
  v.strictObject({ type: v.literal("tested"), verdict }),
  v.strictObject({ type: v.literal("explored"), space }),
  v.strictObject({ type: v.literal("happened"), event }),
  v.strictObject({ type: v.literal("spinning"), line: fromOne }),
  v.strictObject({ type: v.literal("begun"), test: v.string(), schedule: v.string() }),
  v.strictObject({ type: v.literal("played"), order: count, run: chosenRun }),
  v.strictObject({ type: v.literal("sampled"), order: count, distribution }),
  v.strictObject({ type: v.literal("simulated"), order: count }),
  v.strictObject({
    type: v.literal("done"),
    trace: v.exactOptional(trace),
    output: v.exactOptional(lines),
    verdict: v.exactOptional(verdict),
    options: v.exactOptional(v.array(stepOption)),
    schedule: v.exactOptional(v.string()),
  }),
  v.strictObject({
    type: v.literal("failed"),
    error: v.strictObject({ code: v.picklist(errorCodes), message: words, source: v.exactOptional(position) }),
  }),
]);

export function readAnswer(line: string): SandboxAnswer {
  return checkAnswer(parse(line));
}

export function checkAnswer(value: unknown): SandboxAnswer {
  const result = v.safeParse(message, value);
  return result.success ? result.output : { type: "damage" };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
