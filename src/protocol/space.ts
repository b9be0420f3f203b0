/** What the schedule space of a spec looks like against one file: for authors. Plain data; crosses processes. */
import type { OperationKind } from "./trace.ts";

/** The rules of the leak oracle by name; `src/world/oracle/leakOracle.ts` says what each is about. */
export const ruleNames = ["L1", "L2", "L3", "L4", "L5", "L6", "L7"] as const;
export type RuleName = (typeof ruleNames)[number];

/** What can become of a piece of work. */
export type StepFate = "completed" | "failed" | "held" | "aborted";

/** The pieces of work that share kind and label. */
export interface SpaceStep {
  readonly kind: OperationKind;
  readonly label: string;
  /** In how many orders one of them was started, and in how many each of these became of one. */
  readonly started: number;
  readonly fates: Readonly<Record<StepFate, number>>;
  /** What the spec allows to become of it beside an end in time. */
  readonly may: { readonly fail: boolean; readonly hang: boolean; readonly slow: boolean };
}

/** What the orders of one test have in common, and what each of them adds. */
export interface TestSpace {
  readonly test: string;
  /** Orders that were looked at, each different. Of classes of orders that cannot differ, one of each. */
  readonly orders: number;
  /** Choice points of an order: of the one with the fewest, and of the one with the most. */
  readonly depth: { readonly least: number; readonly most: number };
  /** The most that was ready at one choice point. */
  readonly widest: number;
  /** The spec lets an abort strike everywhere. */
  readonly cancelsEverywhere: boolean;
  readonly rulesOff: readonly RuleName[];
  readonly calls: {
    /** Orders in which a call had a signal; in which its signal aborted while it was pending; in which it had before. */
    readonly withSignal: number;
    readonly aborted: number;
    readonly bornAborted: number;
    /** The spec lets a call fulfil after an abort, or wait for the work that it aborted. */
    readonly mayFulfil: boolean;
    readonly drains: boolean;
  };
  /** Orders in which a timer of the exercise was armed. */
  readonly timers: number;
  /** By their first start; at most a hundred. */
  readonly steps: readonly SpaceStep[];
  /** Numbers of the spec's places (`SpecPlace`) that some order reached. */
  readonly reached: readonly number[];
}

/** A statement of the spec, or the expression of an arrow function. Lines from 1, both of them part of it. */
export interface SpecPlace {
  readonly line: number;
  readonly lastLine: number;
}
