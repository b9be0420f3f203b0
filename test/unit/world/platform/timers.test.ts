/** Timers by HTML's rules: delays, nesting, ids, arguments. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "../../../../src/world/outside/world.ts";
import { Timers } from "../../../../src/world/platform/timers.ts";

interface Bench {
  readonly timers: Timers;
  readonly world: World;
  readonly uncaught: unknown[];
  /** Fires what is due, as long as there is something and at most so often. */
  readonly run: (limit?: number) => void;
}

function bench(): Bench {
  const world = new World({ seed: 1, recording: false, locate: () => undefined });
  const uncaught: unknown[] = [];
  const timers = new Timers(world, (error) => uncaught.push(error));
  const run = (limit = 100): void => {
    for (let steps = 0; steps < limit; steps++) {
      const next = world.options().at(0);
      if (next === undefined) return;
      world.perform(next);
    }
  };
  return { timers, world, uncaught, run };
}

const delays: readonly (readonly [given: unknown, ms: number])[] = [
  [undefined, 0],
  [null, 0],
  ["12", 12],
  ["x", 0],
  [Number.NaN, 0],
  [-5, 0],
  [1.9, 1],
  [Number.POSITIVE_INFINITY, 0],
  [2 ** 31 - 1, 2 ** 31 - 1],
  [2 ** 31, 0],
  [2 ** 32 + 7, 7],
  [{ valueOf: () => 3 }, 3],
];

for (const [given, ms] of delays) {
  test(`a delay of ${String(given)} is ${ms} ms, once and repeated`, () => {
    for (const name of ["setTimeout", "setInterval"] as const) {
      const { timers, world, run } = bench();
      const seen: number[] = [];
      timers[name](() => seen.push(world.now), given as number);
      run(1);
      assert.deepEqual(seen, [ms]);
    }
  });
}

test("a timer armed by a timer, five deep, waits 4 ms at least", () => {
  const { timers, world, run } = bench();
  const seen: number[] = [];
  const again = (): void => {
    seen.push(world.now);
    if (seen.length < 9) timers.setTimeout(again, 1);
  };
  timers.setTimeout(again, 0);
  run();
  assert.deepEqual(seen, [0, 1, 2, 3, 4, 5, 9, 13, 17]);
});

test("an interval nests in itself: from the sixth repetition on it waits 4 ms at least", () => {
  const { timers, world, run } = bench();
  const seen: number[] = [];
  const id = timers.setInterval(() => {
    seen.push(world.now);
    if (seen.length === 9) timers.clearInterval(id);
  }, 0);
  run();
  assert.deepEqual(seen, [0, 0, 0, 0, 0, 0, 4, 8, 12]);
});

test("a long interval is left as it is", () => {
  const { timers, world, run } = bench();
  const seen: number[] = [];
  timers.setInterval(() => seen.push(world.now), 10);
  run(8);
  assert.deepEqual(seen, [10, 20, 30, 40, 50, 60, 70, 80]);
});

test("what is due together fires in the order in which it was armed, whatever armed it", () => {
  const { timers, run } = bench();
  const seen: string[] = [];
  const id = timers.setInterval(() => {
    seen.push("interval");
    timers.clearInterval(id);
  }, 0);
  timers.setTimeout(() => seen.push("timeout"), 0);
  timers.setImmediate(() => seen.push("immediate"));
  run();
  assert.deepEqual(seen, ["interval", "timeout", "immediate"]);
});

test("arguments are passed on, and `this` is the global object", () => {
  const { timers, run } = bench();
  const seen: unknown[] = [];
  timers.setTimeout(
    function (this: unknown, ...args: unknown[]) {
      seen.push(this === globalThis, ...args);
    },
    1,
    "a",
    2,
  );
  run();
  assert.deepEqual(seen, [true, "a", 2]);
});

test("ids are positive, never given twice, and either clear function takes them, also as text", () => {
  const { timers, run } = bench();
  const seen: string[] = [];
  const ids = [
    timers.setTimeout(() => seen.push("timeout"), 1),
    timers.setInterval(() => seen.push("interval"), 1),
    timers.setTimeout(() => seen.push("text"), 1),
  ] as const;
  assert.equal(new Set(ids).size, 3);
  assert.ok(ids.every((id) => Number.isInteger(id) && id > 0));
  timers.clearInterval(ids[0]);
  timers.clearTimeout(ids[1]);
  timers.clearTimeout(String(ids[2]) as unknown as number);
  for (const unknown of [0, -1, 999, undefined, null, "x", {}]) timers.clearTimeout(unknown as number);
  run();
  assert.deepEqual(seen, []);
});

test("an interval that is cleared in its own callback does not fire again, and an error does not end one", () => {
  const { timers, uncaught, run } = bench();
  let count = 0;
  const id = timers.setInterval(() => {
    count++;
    if (count === 3) timers.clearTimeout(id);
    throw new Error(`thrown ${count}`);
  }, 5);
  run();
  assert.equal(count, 3);
  assert.equal(uncaught.length, 3);
});

test("a timer takes a function only", () => {
  const { timers } = bench();
  for (const given of ["code()", undefined, null, {}]) {
    assert.throws(() => timers.setTimeout(given as () => void), TypeError);
  }
});

test("an interval can be cleared in the turn of a timer whose own number is the interval's", () => {
  const { timers, world, run } = bench();
  // The world counts its operations with the timers, so that theirs and the platform's numbers part.
  world.nextId();
  const seen: string[] = [];
  timers.setTimeout(() => {
    timers.clearInterval(interval);
    seen.push("cleared");
  }, 10);
  const interval = timers.setInterval(() => seen.push("tick"), 3);
  run();
  assert.deepEqual(seen, ["tick", "tick", "tick", "cleared"]);
  assert.equal(world.armed.size, 0);
});
