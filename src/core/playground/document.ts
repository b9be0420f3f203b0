/** Checks playground documents wherever they come from: a page, a file, a link, the store. Pure. */
import * as v from "valibot";
import { type PlaygroundDocument, type PlaygroundMemory, longestProgram } from "../../protocol/playgroundMessages.ts";
import { type Bounds, type Scenario, latencyShapes, scenarioBounds as bounds } from "../../protocol/simulation.ts";

function whole({ min, max }: Bounds) {
  return v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
}

const rangeEntries = { minMs: whole(bounds.latencyMs), maxMs: whole(bounds.latencyMs) };

const override = v.pipe(
  v.strictObject({
    endpoint: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(bounds.endpoints.max - 1)),
    ...rangeEntries,
  }),
  v.check(({ minMs, maxMs }) => minMs <= maxMs),
);

const scenarioSchema = v.strictObject({
  endpoints: whole(bounds.endpoints),
  latency: v.pipe(
    v.strictObject(rangeEntries),
    v.check(({ minMs, maxMs }) => minMs <= maxMs),
  ),
  overrides: v.pipe(v.array(override), v.maxLength(bounds.endpoints.max)),
  shape: v.picklist(latencyShapes),
  failurePercent: whole(bounds.failurePercent),
  deadlineMs: whole(bounds.deadlineMs),
  limit: whole(bounds.limit),
  cancelAtMs: v.nullable(whole(bounds.cancelAtMs)),
  runs: whole(bounds.runs),
  seed: whole(bounds.seed),
});

export const documentEntries = {
  text: v.pipe(v.string(), v.maxLength(longestProgram)),
  scenario: scenarioSchema,
};

const documentSchema = v.strictObject(documentEntries);
/** A run, from 0. */
export const runSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(bounds.runs.max - 1));

const memorySchema = v.strictObject({
  ...documentEntries,
  chosen: runSchema,
  waits: v.boolean(),
});

export function parseScenario(value: unknown): Scenario | undefined {
  const result = v.safeParse(scenarioSchema, value);
  return result.success ? result.output : undefined;
}

export function parseDocument(value: unknown): PlaygroundDocument | undefined {
  const result = v.safeParse(documentSchema, value);
  return result.success ? result.output : undefined;
}

/** What a page kept before it was loaded again. */
export function parsePlaygroundMemory(value: unknown): PlaygroundMemory | undefined {
  const result = v.safeParse(memorySchema, value);
  return result.success ? result.output : undefined;
}
