/** Checks what the host sends to the playground's page against src/protocol/playgroundMessages.ts. Runs in the playground's page. */
import type { Diagnosis } from "../../src/protocol/diagnosis.ts";
import type * as Messages from "../../src/protocol/playgroundMessages.ts";
import type * as Simulation from "../../src/protocol/simulation.ts";
import type { Locale, Words } from "../../src/protocol/words.ts";
import * as is from "../common/guards.ts";
import { isEvent } from "../common/traceGuards.ts";
import { isStrings as isTimelineStrings } from "../timeline/parseMessage.ts";
import { isStrings } from "./parseStrings.ts";

/** What the host says of its own accord; answers to intents are the messenger's. */
export type PlaygroundMessage = Exclude<Messages.ToPlaygroundMessage, { readonly type: "answer" }>;

/** The message, or undefined where it is none of the page's. */
export function parseToPlayground(data: unknown): PlaygroundMessage | undefined {
  if (!is.isObject(data)) return undefined;
  const { type, request } = data;
  if (type === "state") return isState(data["state"]) ? { type, state: data["state"] } : undefined;
  if (!is.isCount(request)) return undefined;
  const { run, texts, distribution, failure } = data;
  if (type === "played" && isRun(run) && isTexts(texts)) return { type, request, run, texts };
  if (type === "sampled" && isDistribution(distribution)) return { type, request, distribution };
  if (type === "failed" && isFailure(failure)) return { type, request, failure };
  return undefined;
}

const isMaybe = is.anyOf(is.isNumber, (value: unknown): value is null => value === null);
const isRange = { minMs: is.isCount, maxMs: is.isCount };

const isScenario = is.record<Simulation.Scenario>({
  endpoints: is.isCount,
  latency: is.record<Simulation.LatencyRange>(isRange),
  overrides: is.listOf(is.record<Simulation.Scenario["overrides"][number]>({ endpoint: is.isCount, ...isRange })),
  shape: is.nameOf<Simulation.LatencyShape>({ uniform: true, bell: true, longTail: true }),
  failurePercent: is.isCount,
  deadlineMs: is.isCount,
  limit: is.isCount,
  cancelAtMs: isMaybe,
  runs: is.isCount,
  seed: is.isCount,
});

const isWords = is.record<Words>({ en: is.isString, "zh-cn": is.isString });
const isProblem = is.record<Simulation.RunProblem>({
  // Only shown: a word of a newer version is one too.
  diagnosis: is.isString as is.Guard<Diagnosis>,
  message: isWords,
  line: is.optional(is.isCount),
});

const isRun = is.record<Simulation.ChosenRun>({
  run: is.isCount,
  end: is.nameOf<Simulation.RunEnd>({ fulfilled: true, rejected: true, cancelled: true, unsettled: true }),
  at: is.isNumber,
  results: isMaybe,
  reason: is.optional(is.isString),
  problem: is.optional(isProblem),
  trace: is.listOf(isEvent),
  output: is.listOf(is.isString),
});

const isTexts = is.listOf(is.isString);

const isDistribution = is.record<Simulation.Distribution>({
  runs: is.isCount,
  settledAt: is.listOf(isMaybe),
  ends: is.record<Simulation.Distribution["ends"]>({
    fulfilled: is.isCount,
    rejected: is.isCount,
    cancelled: is.isCount,
    unsettled: is.isCount,
  }),
  results: is.listOf(isMaybe),
  inFlight: is.record<Simulation.InFlight>({
    stepMs: is.isNumber,
    low: is.listOf(is.isCount),
    median: is.listOf(is.isCount),
    high: is.listOf(is.isCount),
    peak: is.isCount,
  }),
  problems: is.listOf(
    is.record<Simulation.CountedProblem>({
      problem: is.anyOf(isProblem, is.record<{ readonly reason: string }>({ reason: is.isString })),
      runs: is.isCount,
      first: is.isCount,
    }),
  ),
  problemRuns: is.isCount,
});

const isFailure = is.record<Messages.SimulationFailure>({
  text: is.isString,
  line: is.optional(is.isCount),
  column: is.optional(is.isCount),
});

const isDocument = is.record<Messages.PlaygroundDocument>({ text: is.isString, scenario: isScenario });

const isLook = is.record<Messages.EditorLook>({
  fontFamily: is.isString,
  fontSize: is.isNumber,
  lineHeight: is.isNumber,
  fontLigatures: is.isBoolean,
  tabSize: is.isCount,
  insertSpaces: is.isBoolean,
  wordWrap: is.literal("on", "off"),
  cursorBlinking: is.literal("blink", "smooth", "phase", "expand", "solid"),
});

const isState = is.record<Messages.PlaygroundState>({
  locale: is.nameOf<Locale>({ en: true, "zh-cn": true }),
  strings: isStrings,
  timeline: isTimelineStrings,
  revision: is.isCount,
  document: isDocument,
  chosen: is.isCount,
  waits: is.isBoolean,
  lesson: is.optional(is.isString),
  libraries: is.listOf(
    is.record<Messages.PlaygroundState["libraries"][number]>({ name: is.isString, text: is.isString }),
  ),
  look: isLook,
});
