import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProgressEvent } from "../../../src/core/progress/progressEvents.ts";
import {
  formatEvent,
  formatHeader,
  formatVersion,
  parseEvent,
  parseHeader,
} from "../../../src/core/progress/progressLines.ts";

const events: readonly ProgressEvent[] = [
  { id: "a-1", at: 10, lesson: "sleep", type: "opened" },
  { id: "a-2", at: 20, lesson: '睡眠 {"', type: "graded", passed: false, diagnoses: ["timer-still-armed"] },
  { id: "b-1", at: 20, lesson: "sleep", type: "hint-shown", hint: 2 },
  { id: "a-3", at: 40, lesson: "sleep", type: "solution-shown" },
  { id: "a-4", at: 50, lesson: "sleep", type: "reset" },
];

test("an event survives the way there and back, whatever surrounds its line", () => {
  for (const event of events) {
    const line = formatEvent(event);
    assert.equal(line.indexOf("\n"), line.length - 1, "an event is one line");
    for (const found of [line, line.slice(0, -1), `${line.slice(0, -1)}\r`, `\ufeff${line}`, `\0\0\0${line}`]) {
      assert.deepEqual(parseEvent(found), event);
    }
  }
});

test("no part of a line is an event, and the line that was begun right behind it still is", () => {
  for (const event of events) {
    const line = formatEvent(event).trimEnd();
    for (let length = 0; length < line.length; length++) {
      const torn = line.slice(0, length);
      assert.equal(parseEvent(torn), undefined, torn);
      assert.deepEqual(parseEvent(torn + formatEvent(events[0] ?? assert.fail())), events[0], torn);
    }
  }
});

test("what is no event is none", () => {
  const others = ["", " ", "null", "7", "[]", "{}", '"x"', "\0\0\0\0", "not ours", formatHeader()];
  const future = '{"id":"z","at":1,"lesson":"sleep","type":"shared-with-a-friend"}';
  for (const line of [...others, future, "[".repeat(100_000)])
    assert.equal(parseEvent(line), undefined, line.slice(0, 80));
});

test("an event of a newer version counts as far as it is known", () => {
  const line =
    '{"type":"graded","lesson":"sleep","passed":true,"diagnoses":["from-the-future","late-after-abort"],"id":"n-1","at":7,"seconds":3}';
  assert.deepEqual(parseEvent(line), {
    type: "graded",
    lesson: "sleep",
    passed: true,
    diagnoses: ["late-after-abort"],
    id: "n-1",
    at: 7,
  });
});

test("a file says its version first; one without says nothing", () => {
  assert.equal(parseHeader(formatHeader()), formatVersion);
  assert.equal(parseHeader('{"format":"interleave-progress","version":7,"more":true}'), 7);
  for (const line of ["", "{}", formatEvent(events[0] ?? assert.fail()), formatHeader().slice(0, 20)]) {
    assert.equal(parseHeader(line), undefined);
  }
});
