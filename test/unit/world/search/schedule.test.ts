/** Schedules as text. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "../../../../src/base/random.ts";
import {
  ScheduleError,
  countDeviations,
  decodeSchedule,
  encodeSchedule,
} from "../../../../src/world/search/schedule.ts";

const seed = Number(process.env["TEST_SEED"] ?? 11);

const known: readonly (readonly [decisions: readonly number[], text: string])[] = [
  [[], "i2-"],
  [[1], "i2-00"],
  [[0, 0, 2], "i2-21"],
  [[1, 1], "i2-0000"],
  [[1, 1, 1], "i2-00~2"],
  [[...new Array<number>(20).fill(1), 0, 2, 0, 2], "i2-00~j1111"],
  [[...new Array<number>(30).fill(0), 31], "i2-uu"],
  [[...new Array<number>(31).fill(0), 32], "i2-v1v1"],
  [[0, 40, 0, 0, 3], "i2-1D122"],
];

test("known schedules are written so, and read back", () => {
  for (const [decisions, text] of known) {
    assert.equal(encodeSchedule(decisions), text);
    assert.deepEqual(decodeSchedule(text), decisions);
  }
});

test("natural choices at the end are left out", () => {
  assert.equal(encodeSchedule([0, 0, 0]), "i2-");
  assert.equal(encodeSchedule([0, 1, 0, 0]), "i2-10");
});

test(`random decisions survive the way there and back (TEST_SEED=${String(seed)})`, () => {
  const random = new Random(seed);
  for (let round = 0; round < 2000; round++) {
    const decisions = Array.from({ length: random.below(60) }, () =>
      random.next() < 0.7 ? 0 : random.below(random.next() < 0.1 ? 5000 : 6),
    );
    decisions.push(1 + random.below(3));
    const text = encodeSchedule(decisions);
    assert.deepEqual(decodeSchedule(text), decisions, `seed ${String(seed)} round ${String(round)}: ${text}`);
    assert.match(text, /^i2-[0-9a-zA-Z~]*$/);
  }
});

test("what is no schedule is refused with a sentence that says why", () => {
  const refused = (text: string, message: RegExp): void => {
    assert.throws(
      () => decodeSchedule(text),
      (error) => error instanceof ScheduleError && message.test(error.message),
      text,
    );
  };
  for (const text of ["", "i2", "hello", "I2-01", " i2-01", "x".repeat(500)])
    refused(text, /is not a schedule.*begins with "i2-"/);
  for (const text of ["i1-01", "i0-", "i12-abc"]) refused(text, /another version/);
  for (const text of ["i2-0", "i2-000", "i2-0!", "i2-00 ", "i2-~1", "i2-00~", "i2-v", "i2-0v", "i2--1", "i2-é1"]) {
    refused(text, /is damaged/);
  }
  for (const text of ["i2-ZZZZZ10", "i2-00~ZZZZZ1", `i2-${"Z".repeat(400)}1`]) refused(text, /is damaged/);
});

test("a schedule with up to eighteen deviations near each other fits into 40 characters", () => {
  const decisions = Array.from({ length: 18 }, (_, index) => [0, 0, 0, 1 + (index % 29)]).flat();
  assert.equal(countDeviations(decisions), 18);
  assert.ok(encodeSchedule(decisions).length <= 40);
  // One operation kept waiting until all of 500 others have gone.
  assert.equal(encodeSchedule(new Array<number>(500).fill(1)), "i2-00~yg");
});

test("an error shows at most the beginning of a long text", () => {
  for (const text of ["x".repeat(5000), `i2-${"!".repeat(5000)}`, `i9-${"0".repeat(5000)}`]) {
    assert.throws(
      () => decodeSchedule(text),
      (error) => error instanceof Error && error.message.length < 200,
    );
  }
});

test("deviations are the choices that are not natural", () => {
  assert.equal(countDeviations([]), 0);
  assert.equal(countDeviations([0, 3, 0, 1]), 2);
});
