/** The source document's formula, as it stands there, and how its result is drawn. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  marketBars,
  type MarketInput,
  marketInputs,
  marketRanges,
  marketReach,
  marketResult,
  marketStart,
} from "../../../../src/core/layout/market.ts";

const near = (value: number, wanted: number): void => {
  assert.ok(Math.abs(value - wanted) < 1e-9, `${String(value)} is not ${String(wanted)}`);
};

test("the formula is the document's: 0.62 of growth, -0.18 a day, 0.41 of diversity", () => {
  // talent_supply_rate(0.35, 48, 0.5), whose hours become days by a division by 24.
  near(marketResult({ starGrowth: 0.35, responseDays: 48 / 24, diversity: 0.5 }).sum, 0.217 - 0.36 + 0.205);
  near(marketResult({ starGrowth: 1, responseDays: 0, diversity: 0 }).sum, 0.62);
  near(marketResult({ starGrowth: 0, responseDays: 1, diversity: 0 }).sum, -0.18);
  near(marketResult({ starGrowth: 0, responseDays: 0, diversity: 1 }).sum, 0.41);
});

test("each part begins where the one before ended, and the sum is drawn from zero", () => {
  const bars = marketBars(marketResult({ starGrowth: 0.5, responseDays: 1, diversity: 0.5 }));
  assert.deepEqual(
    bars.map(({ input, from, to }) => [input, Math.round(from * 1000), Math.round(to * 1000)]),
    [
      ["starGrowth", 0, 310],
      ["responseDays", 130, 310],
      ["diversity", 130, 335],
      ["sum", 0, 335],
    ],
  );
});

test("a sum below zero is drawn to the left of it", () => {
  const bar = marketBars(marketResult({ starGrowth: 0, responseDays: 10, diversity: 0 })).at(-1);
  assert.deepEqual([bar?.to, bar?.value === bar?.from], [0, true]);
});

test("whatever the sliders give can be drawn", () => {
  const ends = (input: MarketInput): readonly number[] => [marketRanges[input].min, marketRanges[input].max];
  for (const starGrowth of ends("starGrowth"))
    for (const responseDays of ends("responseDays"))
      for (const diversity of ends("diversity")) {
        const bars = marketBars(marketResult({ starGrowth, responseDays, diversity }));
        const reach = marketReach(bars);
        assert.ok(reach <= 2.6);
        for (const { from, to } of bars)
          assert.ok(from >= -reach && to <= reach, `${String(from)} to ${String(to)} within ${String(reach)}`);
      }
});

test("small bars are drawn on a scale on which they are seen: at the start each but the sum takes a fifth of the half", () => {
  const bars = marketBars(marketResult(marketStart));
  const reach = marketReach(bars);
  assert.equal(reach, 0.5);
  for (const { input, from, to } of bars) assert.ok(input === "sum" || (to - from) / reach > 0.2, input);
  assert.equal(marketReach(marketBars(marketResult({ ...marketStart, starGrowth: 1 }))), 1);
});

test("the sliders begin within their ranges", () => {
  for (const input of marketInputs) {
    const { min, max, step } = marketRanges[input];
    const steps = (marketStart[input] - min) / step;
    assert.ok(marketStart[input] >= min && marketStart[input] <= max && Math.abs(steps - Math.round(steps)) < 1e-9);
  }
});
