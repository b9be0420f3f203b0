// What a rehearsal's events come to: the record and the clock, also of a file that ends anywhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "../../../../src/base/random.ts";
import type { RehearsalPlan } from "../../../../src/core/assessment/rehearsal.ts";
import {
  afterEvent,
  foldSession,
  heartbeatMs,
  isAnswered,
  remainingMs,
  type Session,
} from "../../../../src/core/assessment/session.ts";
import {
  formatSessionEvent,
  longestWriting,
  parseSessionEvents,
  type SessionEvent,
  type SessionNews,
  writingEvent,
} from "../../../../src/core/assessment/sessionEvents.ts";

const plan: RehearsalPlan = {
  version: 1,
  id: "r-1",
  seed: 1,
  profile: "campus",
  minutes: 20,
  items: [
    { id: "1", kind: "predict-output", skill: "order", level: "introductory", seconds: 60, question: "q" },
    {
      ...{ id: "2", kind: "find-bug", skill: "limits", level: "introductory", seconds: 90 },
      ...{ lesson: "semaphore", mistake: "m", options: ["wrong-result", "permit-lost"] },
    },
    { id: "3", kind: "coding", skill: "fan-out", level: "intermediate", seconds: 360, lesson: "fan-out-with-timeout" },
  ],
};
const start = 1_000_000;
const whole = 20 * 60_000;

/** The session after these, given as seconds since the start and what happened then. */
function after(...happened: readonly (readonly [seconds: number, news: SessionNews])[]): Session {
  const events = happened.map(([seconds, news]): SessionEvent => ({ ...news, at: start + seconds * 1_000 }));
  const session = foldSession([{ type: "started", at: start, plan }, ...events]);
  assert.ok(session);
  return session;
}

const beat: SessionNews = { type: "heartbeat" };
const at = (seconds: number): number => start + seconds * 1_000;

test("the clock runs from the start, to nothing and no further", () => {
  const session = after([5, beat], [10, beat]);
  assert.equal(session.record.activeMs, 10_000);
  assert.equal(remainingMs(session, at(12)), whole - 12_000);
  const beats = Array.from({ length: 300 }, (_, index) => [(index + 1) * 5, beat] as const);
  const over = after(...beats);
  assert.equal(over.record.activeMs, whole);
  assert.equal(remainingMs(over, at(1_600)), 0);
});

test("a page that is closed, and a pause that was asked for, stop the clock and are told", () => {
  const session = after(
    [10, { type: "paused", why: "asked" }],
    [70, { type: "resumed" }],
    [80, { type: "paused", why: "closed" }],
    [1_000, { type: "resumed" }],
    [1_005, beat],
  );
  assert.equal(session.record.activeMs, 25_000);
  assert.deepEqual(session.record.pauses, [
    { from: at(10), to: at(70), why: "asked" },
    { from: at(80), to: at(1_000), why: "closed" },
  ]);
  const paused = after([10, { type: "paused", why: "asked" }]);
  assert.equal(remainingMs(paused, at(5_000)), whole - 10_000);
});

test("after a crash the clock stood still from the last sign of life on, which is told as lost", () => {
  const soon = after([5, beat], [8, { type: "resumed" }]);
  assert.deepEqual(soon.record.pauses, [{ from: at(5), to: at(8), why: "lost" }]);
  assert.equal(soon.record.activeMs, 5_000);
  assert.equal(soon.running, true);
});

test("a machine that slept with the page open has lost no time", () => {
  const asleep = after([5, beat], [3_605, beat], [3_610, beat]);
  assert.deepEqual(asleep.record.pauses, [{ from: at(5), to: at(3_605), why: "lost" }]);
  assert.equal(asleep.record.activeMs, 10_000);
  assert.equal(remainingMs(after([5, beat]), at(3_605)), whole - 5_000);
});

test("each item has the time for which it was on the screen while the clock ran", () => {
  const { record, current } = after(
    [10, { type: "shown", item: "3" }],
    [15, { type: "paused", why: "closed" }],
    [500, { type: "resumed" }],
    [520, { type: "shown", item: "1" }],
    [521, { type: "shown", item: "99" }],
    [530, { type: "finished", why: "handed-in" }],
  );
  assert.deepEqual(
    ["1", "2", "3"].map((id) => record.items[id]?.activeMs),
    [20_000, 0, 25_000],
  );
  assert.equal(current, "1");
  assert.equal(record.activeMs, 45_000);
});

test("answers, skips and flags: the last word counts, and who answers has not skipped", () => {
  const { record } = after(
    [1, { type: "skipped", item: "1" }],
    [2, { type: "answered", item: "1", choice: "a" }],
    [3, { type: "answered", item: "1", choice: "b" }],
    [4, { type: "flagged", item: "1", flagged: true }],
    [5, { type: "skipped", item: "2" }],
    [6, { type: "answered", item: "no such", choice: "a" }],
  );
  assert.deepEqual(record.items["1"], { choice: "b", skipped: false, flagged: true, activeMs: 6_000 });
  assert.equal(record.items["2"]?.skipped, true);
  assert.deepEqual(
    ["1", "2"].map((id) => isAnswered(record.items[id] ?? { skipped: true, flagged: true, activeMs: 0 })),
    [true, false],
  );
});

test("after the end nothing counts but the comparison with oneself", () => {
  const { record, running } = after(
    [10, { type: "finished", why: "handed-in" }],
    [11, { type: "answered", item: "1", choice: "a" }],
    [12, { type: "written", item: "3", field: "explanation", text: "late" }],
    [13, { type: "ticked", item: "3", checked: [4, 1, 1] }],
    [14, { type: "rated", item: "3", rating: 4 }],
    [15, { type: "resumed" }],
  );
  assert.deepEqual(record.items["1"], { skipped: false, flagged: false, activeMs: 10_000 });
  assert.deepEqual(record.items["3"], { skipped: false, flagged: false, activeMs: 0, checked: [1, 4], rating: 4 });
  assert.deepEqual(record.finished, { at: at(10), why: "handed-in" });
  assert.equal(running, false);
});

test("a clock that is set back takes no time away", () => {
  const { record } = after([10, beat], [2, beat], [12, beat]);
  assert.equal(record.activeMs, 12_000);
});

test("a text is the same by its edits as by itself, for any edits", () => {
  const random = new Random(11);
  const place = { item: "3", field: "code" } as const;
  let text = "";
  let known: string | undefined;
  let session = after();
  for (let round = 0; round < 500; round++) {
    const from = random.below(text.length + 1);
    const to = Math.min(text.length, from + random.below(6));
    const insert = ["", "a", "ab", "\n", "😀", "aaa"][random.below(6)] ?? "";
    text = text.slice(0, from) + insert + text.slice(to);
    const event = { ...writingEvent(place, known, text), at: at(1) };
    known = text;
    const [read] = parseSessionEvents(formatSessionEvent(event));
    assert.ok(read);
    session = afterEvent(session, read) ?? session;
    // What was written again after a failure changes nothing.
    const twice = afterEvent(session, read);
    assert.equal(session.record.items["3"]?.code, text);
    if (insert.length !== to - from) assert.equal(twice?.record.items["3"]?.code, text);
  }
});

test("an edit of another text than the one that is there is no edit", () => {
  const edit: SessionNews = { type: "edited", item: "3", field: "code", from: 2, remove: 1, insert: "x", length: 9 };
  assert.equal(
    after([1, { type: "written", item: "3", field: "code", text: "abc" }], [2, edit]).record.items["3"]?.code,
    "abc",
  );
});

test("what cannot be read in a file is left out: a torn line, a stranger's, a newer version's", () => {
  const events: readonly SessionEvent[] = [
    { type: "started", at: start, plan },
    { type: "answered", at: at(1), item: "1", choice: "a" },
  ];
  const text = events.map(formatSessionEvent).join("");
  const more =
    '\n{"type":"moved","at":1}\nnonsense\n{"type":"rated","at":1,"item":"3","rating":9}\n{"type":"answered","at":1,"it';
  assert.deepEqual(parseSessionEvents(text + more), events);
  const huge = { type: "written", at: 1, item: "3", field: "code", text: "x".repeat(longestWriting + 1) };
  assert.deepEqual(parseSessionEvents(JSON.stringify(huge)), []);
  assert.equal(foldSession([]), undefined);
  assert.equal(foldSession(events.slice(1)), undefined);
});

function anyNews(random: Random): SessionNews {
  const item = String(1 + random.below(4));
  const all: readonly SessionNews[] = [
    { type: "shown", item },
    { type: "answered", item, choice: "a" },
    { type: "skipped", item },
    { type: "flagged", item, flagged: random.below(2) === 0 },
    { type: "written", item, field: "code", text: "x" },
    { type: "edited", item, field: "code", from: random.below(3), remove: random.below(2), insert: "y", length: 2 },
    { type: "ticked", item, checked: [random.below(5)] },
    { type: "rated", item, rating: 3 },
    beat,
    beat,
    { type: "paused", why: random.below(2) === 0 ? "closed" : "asked" },
    { type: "resumed" },
    ...(random.below(40) === 0 ? [{ type: "finished", why: "handed-in" } as const] : []),
  ];
  return all[random.below(all.length)] ?? beat;
}

test("any beginning of any events folds, and no time is negative, lost or counted twice", () => {
  for (let seed = 0; seed < 200; seed++) {
    const random = new Random(seed);
    let now = start;
    let session = afterEvent(undefined, { type: "started", at: start, plan });
    for (let step = 0; step < 60; step++) {
      now += random.below(3) === 0 ? -random.below(5_000) : random.below(12 * heartbeatMs);
      assert.ok(session);
      session = afterEvent(session, { ...anyNews(random), at: Math.max(0, now) });
      assert.ok(session, `seed ${String(seed)}`);
      const { record, lastAt, pause } = session;
      const stood = record.pauses.reduce((sum, { from, to }) => sum + to - from, 0);
      const open = pause === undefined ? 0 : lastAt - pause.from;
      const items = Object.values(record.items).reduce((sum, item) => sum + item.activeMs, 0);
      assert.ok(record.pauses.every(({ from, to }) => to >= from));
      assert.equal(items, record.activeMs);
      assert.ok(record.activeMs >= 0 && record.activeMs <= whole);
      for (const later of [0, 1, 1e6]) {
        const left = remainingMs(session, lastAt + later);
        assert.ok(left >= 0 && left <= whole - record.activeMs);
      }
      // Up to the end every moment either ran or stood still.
      if (record.activeMs < whole) assert.equal(record.activeMs + stood + open, lastAt - start, `seed ${String(seed)}`);
    }
  }
});
