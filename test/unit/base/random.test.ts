/** Seeded random numbers: the same everywhere, and spread evenly enough. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "../../../src/base/random.ts";

test("the numbers of a seed never change, since schedules and verdicts depend on them", () => {
  // As published for mulberry32.
  const random = new Random(1);
  assert.deepEqual(
    [random.next(), random.next(), random.next()],
    [0.6270739405881613, 0.002735721180215478, 0.5274470399599522],
  );
});

test("a seed gives the same numbers each time, another seed others", () => {
  const draw = (seed: number): number[] => {
    const random = new Random(seed);
    return Array.from({ length: 20 }, () => random.next());
  };
  assert.deepEqual(draw(42), draw(42));
  assert.notDeepEqual(draw(42), draw(43));
  assert.deepEqual(draw(-1), draw(0xffffffff));
});

test("numbers are in range and spread evenly", () => {
  const random = new Random(3);
  const counts = new Array<number>(10).fill(0);
  for (let count = 0; count < 20_000; count++) {
    const value = random.next();
    assert.ok(value >= 0 && value < 1);
    const whole = random.below(10);
    assert.ok(Number.isInteger(whole) && whole >= 0 && whole < 10);
    counts[whole] = (counts[whole] ?? 0) + 1;
  }
  for (const count of counts) assert.ok(count > 1800 && count < 2200, counts.join());
  assert.equal(random.below(1), 0);
});
