/** How the playground's charts lie: numbers made into bars, marks and points, in the units of their axes. Pure. */
import type { Distribution, InFlight } from "../../protocol/simulation.ts";
import { type Axis, axisTo, roundStep } from "./axis.ts";

export interface TimesLayout {
  /** Virtual ms. */
  readonly across: Axis;
  /** Runs. */
  readonly up: Axis;
  /** Only those that have runs, from left to right. */
  readonly bars: readonly TimeBar[];
  readonly marks: readonly TimeMark[];
  /** Share of all runs, in [0, 1], that had settled by a time: a step at each bar's end. */
  readonly settled: readonly { readonly at: number; readonly share: number }[];
  /** The slowest run that settled. */
  readonly slowest: number | undefined;
  readonly unsettled: number;
}

export interface TimeBar {
  /** Virtual ms: from the first, and before the second. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** A run in it, from 0. */
  readonly run: number;
}

export interface TimeMark {
  readonly name: "p50" | "p95" | "p99";
  /** Virtual ms. */
  readonly at: number;
  /** The run, from 0, that settled then. */
  readonly run: number;
}

/** Bars that can still be told apart and hit in a narrow panel. */
const mostBars = 50;
const shares = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

export function layoutTimes({ settledAt, runs }: Distribution): TimesLayout {
  const settled = settledAt
    .flatMap((at, run) => (at === null ? [] : [{ at, run }]))
    .sort((one, other) => one.at - other.at || one.run - other.run);
  const last = settled.at(-1);
  const width = roundStep(((last?.at ?? 0) + 1) / mostBars);
  const byPlace = new Map<number, TimeBar>();
  for (const { at, run } of settled) {
    const place = Math.floor(at / width);
    const bar = byPlace.get(place);
    byPlace.set(place, {
      from: place * width,
      to: (place + 1) * width,
      count: (bar?.count ?? 0) + 1,
      run: bar?.run ?? run,
    });
  }
  const bars = [...byPlace.values()];
  let sum = 0;
  return {
    across: axisTo(bars.at(-1)?.to ?? 0, 6),
    up: axisTo(Math.max(0, ...bars.map(({ count }) => count)), 3),
    bars,
    marks: settled.length === 0 ? [] : marksOf(settled),
    settled: bars.map(({ to, count }) => ({ at: to, share: (sum += count) / Math.max(1, runs) })),
    slowest: last?.run,
    unsettled: runs - settled.length,
  };
}

type Settled = readonly { readonly at: number; readonly run: number }[];

function marksOf(settled: Settled): readonly TimeMark[] {
  return (["p50", "p95", "p99"] as const).flatMap((name) => {
    // The nearest rank: the least time that so many runs did not exceed.
    const found = settled[Math.max(0, Math.ceil(shares[name] * settled.length) - 1)];
    return found === undefined ? [] : [{ name, ...found }];
  });
}

export interface ResultsLayout {
  readonly bars: readonly ResultBar[];
  /** Runs. */
  readonly up: Axis;
}

export interface ResultBar {
  /** Results from the first to the second, both counted. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** A run in it, from 0; undefined where there is none. */
  readonly run: number | undefined;
}

/** Undefined where no run gave results that can be counted. */
export function layoutResults({ results }: Distribution): ResultsLayout | undefined {
  const most = results.reduce<number>((largest, count) => Math.max(largest, count ?? -1), -1);
  if (most < 0) return undefined;
  const width = roundStep((most + 1) / mostBars);
  const bars: { from: number; to: number; count: number; run: number | undefined }[] = [];
  for (let from = 0; from <= most; from += width) bars.push({ from, to: from + width - 1, count: 0, run: undefined });
  for (const [run, count] of results.entries()) {
    const bar = count === null ? undefined : bars[Math.floor(count / width)];
    if (bar === undefined) continue;
    bar.count++;
    bar.run ??= run;
  }
  return { bars, up: axisTo(Math.max(...bars.map(({ count }) => count)), 3) };
}

export interface FlightLayout {
  /** Virtual ms. */
  readonly across: Axis;
  /** Requests. */
  readonly up: Axis;
  readonly points: readonly FlightPoint[];
}

/** From `at` on, until the next point. */
export interface FlightPoint {
  readonly at: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

export function layoutInFlight({ stepMs, low, median, high }: InFlight): FlightLayout {
  const points = median.map((middle, place) => ({
    at: place * stepMs,
    low: low[place] ?? 0,
    median: middle,
    high: high[place] ?? 0,
  }));
  return {
    across: axisTo(points.at(-1)?.at ?? 0, 6),
    up: axisTo(Math.max(1, ...high), 4),
    // Where nothing changes there is nothing to draw.
    points: points.filter((point, place) => {
      const before = points[place - 1];
      return (
        before === undefined ||
        place === points.length - 1 ||
        before.low !== point.low ||
        before.median !== point.median ||
        before.high !== point.high
      );
    }),
  };
}
