/** How a run is to choose, as plain data that can be handed into a realm; and what is known of it afterwards. Pure. */
import type { StepName } from "../../protocol/steps.ts";
import type { MaybeFootprint } from "./footprint.ts";
import type { Decisions } from "./schedule.ts";

/** Takes these options, and then the natural order. */
export interface FollowPlan {
  readonly by: "decisions";
  readonly decisions: Decisions;
}

/**
 * Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010): each operation gets a random priority, the highest
 * goes first, and at a few random moments the one that would go is put behind all others. Finds a bug that needs d
 * events in one order with a probability of at least 1 in n * k^(d - 1), for n operations and k choice points.
 */
export interface PriorityPlan {
  readonly by: "priorities";
  readonly seed: number;
  /** Moments at which the order changes: one less than the depth of the bugs it is meant for. */
  readonly changes: number;
  /** About how many choice points there will be. */
  readonly length: number;
}

/**
 * Takes these options, and then the first that is not asleep; tells of every event. An option is asleep where all that
 * could come of taking it now has been seen, from before the last of the decisions.
 */
export interface WatchPlan {
  readonly by: "watching";
  readonly decisions: Decisions;
  readonly asleep: readonly Sleeper[];
}

/** Takes these options, and breaks off at the first choice after them. */
export interface StepPlan {
  readonly by: "steps";
  readonly decisions: Decisions;
}

/** Takes the next of these steps wherever it is offered, and else the natural option. */
export interface CasePlan {
  readonly by: "case";
  readonly steps: readonly StepName[];
}

export type Plan = (FollowPlan | PriorityPlan | WatchPlan | StepPlan | CasePlan) & Halting;

interface Halting {
  /** Takes a step of its own to choose, so that a choice can be told before what comes of it, which may be an endless loop. */
  readonly halts?: true;
}

export interface Sleeper {
  readonly name: number;
  readonly footprint: MaybeFootprint;
}

export interface RunRecord {
  /** How many options there were at each choice point, in order. */
  readonly options: readonly number[];
  /** How many of those were an abort that strikes, which it does but once; missing ones are 0. */
  readonly strikes?: readonly number[];
  /** Which was taken; missing ones are 0. */
  readonly taken: Decisions;
  /** What the run is faulted for, by a name; undefined when it broke no rule. */
  readonly failure: string | undefined;
  /** Of a watched run: its events, and whether it broke off because every option was asleep. */
  readonly events?: readonly WatchedEvent[];
  readonly blocked?: boolean;
  /** Footprints of earlier runs of this program say too little: something that they left out has turned out to matter. */
  readonly outdates?: boolean;
}

export interface WatchedEvent {
  /** The option that was taken. */
  readonly name: number;
  /** What could have come instead, itself among them, in the natural order. */
  readonly options: readonly number[];
  /** Place of the event in whose turn it was begun; -1 where that was before all of them. */
  readonly begunIn: number;
  readonly footprint: MaybeFootprint;
}

export const naturalPlan: FollowPlan = { by: "decisions", decisions: [] };
