/** Bars, marks and points of the playground's charts. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { axisTo, roundStep } from "../../../../src/core/layout/axis.ts";
import { layoutInFlight, layoutResults, layoutTimes } from "../../../../src/core/layout/distributions.ts";
import type { Distribution } from "../../../../src/protocol/simulation.ts";

function distribution(change: Partial<Distribution>): Distribution {
  const settledAt = change.settledAt ?? [];
  return {
    runs: settledAt.length,
    settledAt,
    ends: { fulfilled: settledAt.length, rejected: 0, cancelled: 0, unsettled: 0 },
    results: settledAt.map(() => null),
    inFlight: { stepMs: 1, low: [0], median: [0], high: [0], peak: 0 },
    problems: [],
    problemRuns: 0,
    ...change,
  };
}

describe("an axis", () => {
  it("has round ticks and room for the largest value", () => {
    assert.deepEqual(axisTo(473, 6), { end: 500, ticks: [0, 100, 200, 300, 400, 500] });
    assert.deepEqual(axisTo(128, 3), { end: 150, ticks: [0, 50, 100, 150] });
    assert.deepEqual(axisTo(0, 3), { end: 1, ticks: [0, 1] });
  });

  it("steps by 1, 2 or 5 and their tens", () => {
    assert.deepEqual(
      [0.2, 1, 1.1, 2, 3, 5, 9, 10, 11, 400].map((least) => roundStep(least)),
      [1, 1, 2, 2, 5, 5, 10, 10, 20, 500],
    );
  });
});

describe("times", () => {
  it("put runs into bars, and each bar knows a run of it", () => {
    const { bars, across, slowest, unsettled } = layoutTimes(distribution({ settledAt: [30, 7, null, 31, 30] }));
    assert.deepEqual(
      bars.map(({ from, count, run }) => [from, count, run]),
      [
        [7, 1, 1],
        [30, 2, 0],
        [31, 1, 3],
      ],
    );
    assert.ok(across.end >= 32);
    assert.equal(slowest, 3);
    assert.equal(unsettled, 1);
  });

  it("have so few bars that they can be told apart, whatever the range", () => {
    for (const largest of [1, 49, 50, 120, 999, 30_000]) {
      const settledAt = Array.from({ length: 2000 }, (_, run) => Math.floor((run / 1999) * largest));
      const { bars, across } = layoutTimes(distribution({ settledAt }));
      assert.ok(bars.length <= 51, `${String(bars.length)} bars to ${String(largest)}`);
      assert.equal(
        bars.reduce((sum, { count }) => sum + count, 0),
        2000,
      );
      assert.ok(bars.every(({ to }) => to <= across.end));
    }
  });

  it("mark the percentiles at the nearest rank", () => {
    const settledAt = Array.from({ length: 100 }, (_, run) => 100 - run);
    const { marks } = layoutTimes(distribution({ settledAt }));
    assert.deepEqual(
      marks.map(({ name, at, run }) => [name, at, run]),
      [
        ["p50", 50, 50],
        ["p95", 95, 5],
        ["p99", 99, 1],
      ],
    );
  });

  it("say which share of all runs had settled: those that never did count too", () => {
    const { settled } = layoutTimes(distribution({ settledAt: [10, 20, null, null] }));
    assert.deepEqual(
      settled.map(({ share }) => share),
      [0.25, 0.5],
    );
  });

  it("are empty where nothing settled", () => {
    const { bars, marks, slowest } = layoutTimes(distribution({ settledAt: [null, null] }));
    assert.deepEqual([bars, marks, slowest], [[], [], undefined]);
  });
});

describe("results", () => {
  it("have a bar for each number from none on", () => {
    const layout = layoutResults(distribution({ settledAt: [1, 1, 1, 1], results: [2, null, 0, 2] }));
    assert.deepEqual(layout?.bars, [
      { from: 0, to: 0, count: 1, run: 2 },
      { from: 1, to: 1, count: 0, run: undefined },
      { from: 2, to: 2, count: 2, run: 0 },
    ]);
  });

  it("are put together where there are too many to tell apart, and nothing where there are none", () => {
    const many = layoutResults(distribution({ settledAt: [1, 1], results: [3, 1000] }));
    assert.ok(many !== undefined && many.bars.length <= 51);
    assert.equal(layoutResults(distribution({ settledAt: [1], results: [null] })), undefined);
  });
});

it("requests in flight are points where something changes, and the last one", () => {
  const { points, up } = layoutInFlight({
    stepMs: 10,
    low: [1, 1, 1, 0, 0],
    median: [2, 2, 1, 0, 0],
    high: [3, 3, 3, 1, 1],
    peak: 4,
  });
  assert.deepEqual(
    points.map(({ at }) => at),
    [0, 20, 30, 40],
  );
  assert.ok(up.end >= 3);
});
