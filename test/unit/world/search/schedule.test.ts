/** Schedules as text. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "../../../../src/world/search/random.ts";
import {
  ScheduleError,
  countDeviations,
  decodeSchedule,
  encodeSchedule,
} from "../../../../src/world/search/schedule.ts";

const seed = Number(process.env["TEST_SEED"] ?? 11);

const known: readonly (readonly [decisions: readonly number[], text: string])[] = [
  [[], "i1-"],
  [[1], "i1-01"],
  [[0, 0, 2], "i1-22"],
  [[1, 1, 1], "i1-010101"],
  [[...new Array<number>(35).fill(0), 35], "i1-zz"],
  [[...new Array<number>(36).fill(0), 36], "i1-(10)(10)"],
  [[0, 40, 0, 0, 3], "i1-1(14)23"],
];

test("known schedules are written so, and read back", () => {
  for (const [decisions, text] of known) {
    assert.equal(encodeSchedule(decisions), text);
    assert.deepEqual(decodeSchedule(text), decisions);
  }
});

test("natural choices at the end are left out", () => {
  assert.equal(encodeSchedule([0, 0, 0]), "i1-");
  assert.equal(encodeSchedule([0, 1, 0, 0]), "i1-11");
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
    assert.match(text, /^i1-[0-9a-z()]*$/);
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
  for (const text of ["", "i1", "hello", "I1-01", " i1-01", "x".repeat(500)])
    refused(text, /is not a schedule.*begins with "i1-"/);
  for (const text of ["i2-01", "i0-", "i12-abc"]) refused(text, /another version/);
  for (const text of [
    "i1-0",
    "i1-00",
    "i1-010",
    "i1-0A",
    "i1-!!",
    "i1-01 ",
    "i1-(",
    "i1-()1",
    "i1-(1",
    "i1-1)1",
    "i1-0(zzzzzzz)",
    "i1-(zzzzzz)1",
    "i1--1",
    "i1-é1",
    "i1-((1))1",
  ]) {
    refused(text, /is damaged/);
  }
});

test("an error shows at most the beginning of a long text", () => {
  for (const text of ["x".repeat(5000), `i1-${"!".repeat(5000)}`, `i9-${"0".repeat(5000)}`]) {
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
