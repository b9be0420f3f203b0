/** How latencies and failures are drawn: spread as their names say, and the same for the same run whatever else happens. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { LatencyShape } from "../../../../src/protocol/simulation.ts";
import { drawLuck, latencyFor } from "../../../../src/world/simulate/draw.ts";

const seed = Number(process.env["TEST_SEED"] ?? Date.now() % 1_000_000);
const count = 20_000;
const range = { minMs: 100, maxMs: 299 };

function latencies(shape: LatencyShape): number[] {
  return Array.from({ length: count }, (_, run) => {
    const { slowness } = drawLuck({ seed, run, endpoint: run % 7, attempt: 0 }, shape);
    return latencyFor(range, slowness);
  }).sort((one, other) => one - other);
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * sorted.length)] ?? Number.NaN;
}

describe(`drawing (TEST_SEED=${String(seed)})`, () => {
  for (const shape of ["uniform", "bell", "longTail"] as const) {
    it(`keeps within the range: ${shape}`, () => {
      const drawn = latencies(shape);
      assert.ok((drawn[0] ?? 0) >= range.minMs && (drawn.at(-1) ?? 1000) <= range.maxMs);
      assert.ok(drawn.every(Number.isInteger));
    });
  }

  it("gives each number of an even spread its share, also the first and the last", () => {
    const drawn = latencies("uniform");
    for (const value of [range.minMs, 200, range.maxMs]) {
      const times = drawn.filter((each) => each === value).length;
      // 100 of 20,000 are expected: this is six deviations away.
      assert.ok(times > 40 && times < 160, `${String(value)} was drawn ${String(times)} times`);
    }
    for (const share of [0.1, 0.5, 0.9]) assert.ok(Math.abs(at(drawn, share) - (100 + 200 * share)) < 6);
  });

  it("has the middle of a bell more often than its ends", () => {
    const drawn = latencies("bell");
    assert.ok(Math.abs(at(drawn, 0.5) - 200) < 4);
    // A mean of three: a deviation of a sixth of the range.
    assert.ok(at(drawn, 0.16) > 160 && at(drawn, 0.84) < 240);
  });

  it("has most of a long tail at its beginning, and some at its end", () => {
    const drawn = latencies("longTail");
    assert.ok(at(drawn, 0.5) < 115);
    assert.ok(at(drawn, 0.9) > 150 && at(drawn, 0.9) < 175);
    assert.ok(at(drawn, 0.995) > 270);
  });

  it("fails as often as it is said to", () => {
    const failed = Array.from({ length: count }, (_, run) =>
      drawLuck({ seed, run, endpoint: 0, attempt: 0 }, "uniform"),
    ).filter(({ fate }) => fate < 5).length;
    assert.ok(failed > 800 && failed < 1200, `${String(failed)} of 20,000 failed`);
  });

  it("depends on seed, run, endpoint and attempt, and on nothing else", () => {
    const place = { seed, run: 3, endpoint: 2, attempt: 1 };
    const { slowness } = drawLuck(place, "uniform");
    assert.equal(drawLuck({ ...place }, "uniform").slowness, slowness);
    for (const other of [{ seed: seed + 1 }, { run: 4 }, { endpoint: 3 }, { attempt: 0 }]) {
      assert.notEqual(drawLuck({ ...place, ...other }, "uniform").slowness, slowness, JSON.stringify(other));
    }
    // Whether a request fails does not follow from how slow it is, whatever the spread.
    assert.equal(drawLuck(place, "longTail").fate, drawLuck(place, "uniform").fate);
  });

  it("gives a range of one number that number", () => {
    for (const slowness of [0, 0.5, 0.999_999]) assert.equal(latencyFor({ minMs: 40, maxMs: 40 }, slowness), 40);
  });
});
