// What the timeline's page is told of a run, and that it takes what the host makes of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type TimelineInputs, timelineState } from "../../../src/core/timelinePanel/timelineState.ts";
import type { ShownRun } from "../../../src/protocol/shownRun.ts";
import { parseToTimeline } from "../../../webview/timeline/parseMessage.ts";
import { deadlineTrace } from "./timeline/traces.ts";

const run: ShownRun = {
  ...{ lesson: "pool", test: "waits", origin: "failure", schedule: "i2-01", live: false, exercise: "x" },
  title: { en: "It waits", "zh-cn": "会等待" },
  trace: deadlineTrace,
  natural: deadlineTrace.slice(0, 8),
  failure: { diagnosis: "timer-still-armed", message: { en: "Still.", "zh-cn": "还在。" }, schedule: "i2-01", at: 50 },
};

const inputs: TimelineInputs = {
  ...{ locale: "en", run, moment: undefined, passed: false },
  lesson: { en: "A pool", "zh-cn": "池" },
  editor: { lines: [4], stale: false },
};

test("each event has its sentence, in the language of the lesson", () => {
  const { run: shown } = timelineState(inputs);
  assert.ok(shown);
  assert.deepEqual(shown.texts.slice(5, 8), [
    "fetch /a completes",
    "timer setTimeout 50 ms fires",
    "fetch /b is aborted",
  ]);
  assert.equal(shown.natural?.texts.length, 8);
  assert.deepEqual(shown.failure, { title: "A timer is still armed", message: "Still." });
  const chinese = timelineState({ ...inputs, locale: "zh-cn" }).run;
  assert.equal(chinese?.texts[7], "fetch /b 被中止");
  assert.equal(chinese.test, "会等待");
});

test("a run that grows stays the same run; another schedule is another one", () => {
  const keyOf = (part: Partial<ShownRun>): string =>
    timelineState({ ...inputs, run: { ...run, ...part } }).run?.key ?? "";
  assert.notEqual(keyOf({ schedule: "i2-1" }), keyOf({}));
  assert.equal(keyOf({ live: true, schedule: "i2-1" }), keyOf({ live: true }));
});

test("where there is no run it says what to do, and whether there is anything to wait for", () => {
  assert.match(timelineState({ ...inputs, run: undefined }).empty, /^Save your exercise/);
  assert.match(timelineState({ ...inputs, run: undefined, passed: true }).empty, /^Every test holds/);
});

test("the page takes each message that the host can send", () => {
  for (const locale of ["en", "zh-cn"] as const) {
    assert.ok(parseToTimeline({ type: "state", state: timelineState({ ...inputs, locale, moment: 3 }) }));
    assert.ok(parseToTimeline({ type: "state", state: timelineState({ ...inputs, locale, run: undefined }) }));
  }
  assert.deepEqual(parseToTimeline({ type: "moved", moment: null }), { type: "moved", moment: null });
  assert.deepEqual(parseToTimeline({ type: "editor", lines: [1], stale: true }), {
    type: "editor",
    lines: [1],
    stale: true,
  });
  assert.deepEqual(parseToTimeline({ type: "announce", text: "x" }), { type: "announce", text: "x" });
  assert.equal(parseToTimeline({ type: "moved", moment: -1 }), undefined);
  assert.equal(parseToTimeline({ type: "highlight", lines: [] }), undefined);
});
