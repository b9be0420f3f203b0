/**
 * What the playground simulates: how the outside is (the scenario), and what came of a program in it. Plain data that
 * crosses from the page to the sandbox and back; bounds and defaults stand here, since both ends keep to them.
 */
import type { Diagnosis } from "./diagnosis.ts";
import type { Trace } from "./trace.ts";
import type { Words } from "./words.ts";

/** Virtual ms, whole: from the first to the second, both possible. */
export interface LatencyRange {
  readonly minMs: number;
  readonly maxMs: number;
}

/** How latencies spread over their range. */
export const latencyShapes = ["uniform", "bell", "longTail"] as const;
export type LatencyShape = (typeof latencyShapes)[number];

export interface Scenario {
  readonly endpoints: number;
  readonly latency: LatencyRange;
  /** Endpoints that are slower or faster than the rest. */
  readonly overrides: readonly (LatencyRange & { readonly endpoint: number })[];
  readonly shape: LatencyShape;
  /** Of a hundred requests, how many fail instead of answering. */
  readonly failurePercent: number;
  /** Virtual ms; handed to the program, which has to keep it. */
  readonly deadlineMs: number;
  /** Handed to the program: how many requests it may have in flight. */
  readonly limit: number;
  /** Virtual ms at which the caller gives up; null for never. */
  readonly cancelAtMs: number | null;
  readonly runs: number;
  readonly seed: number;
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** All of a scenario's numbers are whole ones within these, and so are those of a message that crosses. */
export const scenarioBounds = {
  endpoints: { min: 1, max: 40, step: 1 },
  latencyMs: { min: 0, max: 2000, step: 10 },
  failurePercent: { min: 0, max: 100, step: 1 },
  deadlineMs: { min: 10, max: 3000, step: 10 },
  limit: { min: 1, max: 40, step: 1 },
  cancelAtMs: { min: 0, max: 3000, step: 10 },
  runs: { min: 100, max: 5000, step: 100 },
  seed: { min: 1, max: 1_000_000, step: 1 },
} as const satisfies Readonly<Record<string, Bounds>>;

export const defaultScenario: Scenario = {
  endpoints: 6,
  latency: { minMs: 20, maxMs: 300 },
  overrides: [],
  shape: "uniform",
  failurePercent: 5,
  deadlineMs: 500,
  limit: 3,
  cancelAtMs: null,
  runs: 1000,
  seed: 1,
};

/** One thing to simulate. A newer order ends an older one. */
export interface SimulationOrder {
  /** Grows from order to order. */
  readonly id: number;
  readonly scenario: Scenario;
  /** The run, from 0, that is told with its whole trace. */
  readonly chosen: number;
  /** Whether all runs are wanted, or only the chosen one. */
  readonly distribution: boolean;
}

/** How the call of `main` ended: with a value, with an error, with the caller's reason to give up, or not at all. */
export type RunEnd = "fulfilled" | "rejected" | "cancelled" | "unsettled";

/** The one run that is shown. */
export interface ChosenRun {
  /** From 0. */
  readonly run: number;
  readonly end: RunEnd;
  /** Virtual ms at which `main` settled; where it never did, at which the run ended. */
  readonly at: number;
  /** How many results `main` returned, where that can be told. */
  readonly results: number | null;
  /** What `main` was rejected with, in words of code. */
  readonly reason?: string;
  readonly problem?: RunProblem;
  readonly trace: Trace;
  /** What the program wrote to the console. */
  readonly output: readonly string[];
}

/** A rule that a run broke, e.g. a timer that was left behind. */
export interface RunProblem {
  readonly diagnosis: Diagnosis;
  readonly message: Words;
  /** Line of the program, from 1. */
  readonly line?: number;
}

/** A problem, or an error that `main` was rejected with, and in how many runs. */
export interface CountedProblem {
  readonly problem: RunProblem | { readonly reason: string };
  readonly runs: number;
  /** The first run, from 0, that shows it. */
  readonly first: number;
}

/** What came of all runs so far. Lists go by run. */
export interface Distribution {
  readonly runs: number;
  /** Virtual ms at which `main` settled; null where it never did. */
  readonly settledAt: readonly (number | null)[];
  readonly ends: Readonly<Record<RunEnd, number>>;
  readonly results: readonly (number | null)[];
  readonly inFlight: InFlight;
  /** The most frequent first. */
  readonly problems: readonly CountedProblem[];
  /** Runs that broke a rule. */
  readonly problemRuns: number;
}

/** Requests in flight at evenly spaced moments from 0 on, over all runs. */
export interface InFlight {
  /** Virtual ms between two moments. */
  readonly stepMs: number;
  /** In one run of ten there were no more than these. */
  readonly low: readonly number[];
  readonly median: readonly number[];
  /** In nine runs of ten there were no more than these. */
  readonly high: readonly number[];
  /** The most that there were in any run, at any time. */
  readonly peak: number;
}

/** The address of an endpoint, from 0. */
export function endpointUrl(endpoint: number): string {
  return `https://api.example/${String(endpoint + 1)}`;
}

/** The latencies of an endpoint. */
export function latencyOf({ latency, overrides }: Scenario, endpoint: number): LatencyRange {
  return overrides.find((override) => override.endpoint === endpoint) ?? latency;
}
