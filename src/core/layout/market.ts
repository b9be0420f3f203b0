/**
 * The source document's formula for how many people a technology has to offer (section 4.4). It is reckoned as it stands there;
 * what it can and cannot say is in marketStrings.ts. Pure.
 */
import type { Bounds } from "../../protocol/simulation.ts";

export interface MarketInputs {
  /** Growth of a project's stars in a year, as a fraction: 0.35 is 35 %. */
  readonly starGrowth: number;
  /** Median time until a pull request is answered, in days. (The formula's parameter is in hours, and divided by 24.) */
  readonly responseDays: number;
  /** How evenly contributors are spread over the world: 0 (one place) to 1. */
  readonly diversity: number;
}

export const marketInputs = ["starGrowth", "responseDays", "diversity"] as const satisfies (keyof MarketInputs)[];
export type MarketInput = (typeof marketInputs)[number];

/** What the sliders offer: what is common for projects that people have heard of. */
export const marketRanges: Readonly<Record<MarketInput, Bounds>> = {
  starGrowth: { min: 0, max: 2, step: 0.05 },
  responseDays: { min: 0, max: 14, step: 0.25 },
  diversity: { min: 0, max: 1, step: 0.05 },
};

export const marketStart: MarketInputs = { starGrowth: 0.35, responseDays: 2, diversity: 0.5 };

/** What each input is multiplied with. */
const marketWeights: Readonly<Record<MarketInput, number>> = {
  starGrowth: 0.62,
  responseDays: -0.18,
  diversity: 0.41,
};

export interface MarketResult {
  /** What each input adds, or takes away. */
  readonly parts: Readonly<Record<MarketInput, number>>;
  /** Their sum: a number without a unit. */
  readonly sum: number;
}

export function marketResult(inputs: MarketInputs): MarketResult {
  const part = (input: MarketInput): number => marketWeights[input] * inputs[input];
  const parts = {
    starGrowth: part("starGrowth"),
    responseDays: part("responseDays"),
    diversity: part("diversity"),
  };
  return { parts, sum: parts.starGrowth + parts.responseDays + parts.diversity };
}

export interface MarketBar {
  readonly input: MarketInput | "sum";
  /** In the formula's own measure; the lesser first. */
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/** Scales of the drawing; the last one takes in whatever the sliders can reach. */
const reaches = [0.5, 1, 2.6] as const;

/** How far the drawing goes on either side of 0: the nearest scale that takes in all bars, so that small ones are seen too. */
export function marketReach(bars: readonly MarketBar[]): number {
  const farthest = Math.max(...bars.flatMap(({ from, to }) => [Math.abs(from), Math.abs(to)]));
  return reaches.find((reach) => farthest <= reach) ?? farthest;
}

/** A waterfall: each part begins where the one before it ended, and the sum is drawn from 0. */
export function marketBars({ parts, sum }: MarketResult): readonly MarketBar[] {
  let at = 0;
  const bars = marketInputs.map((input): MarketBar => {
    const value = parts[input];
    const start = at;
    at += value;
    return { input, from: Math.min(start, at), to: Math.max(start, at), value };
  });
  return [...bars, { input: "sum", from: Math.min(0, sum), to: Math.max(0, sum), value: sum }];
}
