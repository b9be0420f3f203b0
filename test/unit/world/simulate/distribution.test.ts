/** What many runs come to: times, ends, problems, and requests in flight. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { type Sample, distributionOf } from "../../../../src/world/simulate/distribution.ts";

function sample(change: Partial<Sample> = {}): Sample {
  return { end: "fulfilled", at: 120, results: 1, flights: [0, 120], ...change };
}

it("lists when and how runs ended, by run", () => {
  const { settledAt, ends, results, runs } = distributionOf([
    sample(),
    sample({ end: "rejected", at: 60, results: null, reason: "Error: no" }),
    sample({ end: "unsettled", at: 90, results: null }),
    sample({ end: "cancelled", at: 30, results: null }),
  ]);
  assert.deepEqual(settledAt, [120, 60, null, 30]);
  assert.deepEqual(ends, { fulfilled: 1, rejected: 1, cancelled: 1, unsettled: 1 });
  assert.deepEqual(results, [1, null, null, null]);
  assert.equal(runs, 4);
});

it("counts requests in flight over all runs, moment by moment", () => {
  const { inFlight } = distributionOf([
    sample({ at: 120, flights: [0, 60, 0, 120] }),
    sample({ at: 60, flights: [0, 60] }),
    sample({ at: 60, flights: [0, 60] }),
  ]);
  assert.equal(inFlight.stepMs, 1);
  assert.equal(inFlight.median.length, 121);
  assert.deepEqual([inFlight.low[0], inFlight.median[0], inFlight.high[0]], [1, 1, 2]);
  // A request that ends at a moment is no longer in flight; a run that is over has none.
  assert.deepEqual([inFlight.median[59], inFlight.median[60], inFlight.high[60], inFlight.high[120]], [1, 0, 1, 0]);
  assert.equal(inFlight.peak, 2);
});

it("knows the peak exactly, also between two moments and where one begins as another ends", () => {
  const peakOf = (flights: readonly number[]): number => distributionOf([sample({ at: 5000, flights })]).inFlight.peak;
  assert.equal(peakOf([0, 5, 5, 9, 9, 12]), 1);
  assert.equal(peakOf([100, 101, 100, 102, 101, 103]), 2);
  assert.equal(peakOf([7, 7, 7, 7]), 0);
  assert.equal(peakOf([]), 0);
});

it("counts problems by their kind and line, the most frequent first", () => {
  const message = { en: "left", "zh-cn": "留下" };
  const timer = { diagnosis: "timer-still-armed", message } as const;
  const rejected = { end: "rejected", results: null } as const;
  const { problems, problemRuns } = distributionOf([
    sample({ ...rejected, reason: "Error: a" }),
    sample({ problem: timer }),
    sample({ problem: timer }),
    sample({ ...rejected, reason: "Error: b", problem: { ...timer, line: 4 } }),
  ]);
  assert.deepEqual(
    problems.map(({ runs, first }) => [runs, first]),
    [
      [2, 1],
      [1, 0],
      [1, 3],
      [1, 3],
    ],
  );
  assert.equal(problemRuns, 3);
});

it("keeps twenty kinds of problems of a program that makes a new error each time", () => {
  const runs = Array.from({ length: 100 }, (_, run) => sample({ end: "rejected", reason: `Error: ${String(run)}` }));
  assert.equal(distributionOf(runs).problems.length, 20);
});

it("is well-formed for no runs, and for runs that take no time", () => {
  assert.deepEqual(distributionOf([]).settledAt, []);
  const { inFlight } = distributionOf([sample({ at: 0, flights: [] })]);
  assert.ok(inFlight.stepMs > 0);
  assert.ok(inFlight.median.every((count) => count === 0));
});
