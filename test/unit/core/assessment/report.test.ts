/** The report of a rehearsal: that everything that was done is told, honestly, in both languages. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { rehearsalReport } from "../../../../src/core/assessment/report.ts";
import { duration } from "../../../../src/core/assessment/reportWords.ts";
import { skillIds } from "../../../../src/core/assessment/skills.ts";
import { locales } from "../../../../src/protocol/words.ts";
import { sampleFacts } from "./reportSamples.ts";

const facts = sampleFacts();
const report = rehearsalReport(facts, "en");

test("the seed, the time on the clock and how it ended are told", () => {
  const values = Object.fromEntries(report.facts.map(({ label, value }) => [label, value]));
  assert.equal(values["Seed"], "4711");
  assert.equal(values["Time on the clock"], "18 min / 20 min");
  assert.match(values["Ended"] ?? "", /handed in$/);
  assert.equal(report.subtitle, "Campus hire · 20 minutes");
});

test("the parts add up, and criteria are parts of the coding tasks", () => {
  const [questions, coding, ...criteria] = report.parts;
  assert.equal(questions?.total.text, "10 of 40");
  assert.match(coding?.total.text ?? "", /^[\d.]+ of 120$/);
  assert.ok(criteria.length >= 3 && criteria.every(({ nested }) => nested));
  assert.equal(questions.nested, false);
});

test("every item has what decided it", () => {
  const [first, second, third, code, skipped] = report.items;
  assert.deepEqual(first?.answer, {
    ...{ chosen: "A: 2 / 1", right: "A: 2 / 1", isRight: true, why: "Microtasks come first." },
  });
  assert.deepEqual([second?.answer?.chosen, second?.answer?.right], ["B: Unbounded", "A: Bounded"]);
  assert.deepEqual(second?.notes, ["flagged"]);
  assert.equal(third?.answer?.right, "B: A listener is left on the signal");
  assert.match(third.code ?? "", /^signal\./, "the line that names the bug is left out");
  const failed = code?.criteria.flatMap(({ evidence }) => evidence).filter(({ passed }) => !passed) ?? [];
  assert.ok(
    failed.some(({ schedule, diagnosis }) => schedule === "i2-1.2" && diagnosis === "It settled late after the abort"),
  );
  assert.equal(skipped?.notGraded, "Skipped: nothing was handed in.");
  assert.deepEqual(skipped.notes, ["skipped"]);
});

test("time is told for each item, against the plan", () => {
  assert.deepEqual(
    report.items.map(({ time }) => [time.planned, time.used, time.plannedText, time.usedText]),
    [
      [60, 31.4, "1 min", "31 s"],
      [90, 140, "1 min 30 s", "2 min 20 s"],
      [90, 61, "1 min 30 s", "1 min 1 s"],
      [360, 412, "6 min", "6 min 52 s"],
      [360, 12, "6 min", "12 s"],
    ],
  );
});

test("each kind of bug that was met comes with where it showed and who teaches it", () => {
  const leak = report.bugs.find(({ title }) => title === "A listener is left on the signal");
  assert.equal(leak?.items, "3, 4");
  assert.deepEqual(leak.lessons, [{ id: "semaphore", title: "Lesson semaphore" }]);
});

test("the study plan names lessons that exist, with a reason", () => {
  assert.ok(report.plan.length > 0);
  for (const { lesson, why, minutes } of report.plan) {
    assert.ok(facts.lessons.some(({ id }) => id === lesson.id) && minutes > 0);
    assert.match(why, /^[\d.]+ points lost in /);
  }
});

test("pauses are told one by one, and what they mean", () => {
  assert.equal(report.pauses.length, 4);
  assert.match(report.pauses[0] ?? "", /^3 pauses, 5 min in all\./);
  assert.match(report.pauses[1] ?? "", /stood still for 3 min; the window or the page was closed\.$/);
  assert.match(report.pauses[2] ?? "", /you paused it/);
  assert.match(report.pauses[3] ?? "", /without a word/);
  const record = { ...facts.record, pauses: [] };
  assert.deepEqual(rehearsalReport({ ...facts, record }, "en").pauses, ["None: it was sat in one go."]);
});

test("one's own explanation is told beside the score, and is no part of it", () => {
  assert.equal(report.explained.length, 1);
  assert.equal(report.explained[0]?.rating, "3 of 5, 2 points of the checklist made");
  const items = { ...facts.record.items, "4": { ...facts.record.items["4"], rating: 5, checked: [] } };
  const record = { ...facts.record, items: items as typeof facts.record.items };
  assert.deepEqual(rehearsalReport({ ...facts, record }, "en").total, report.total);
});

test("history has the whole and each skill that was ever asked, and ends with this rehearsal", () => {
  const { rehearsals, multiples } = report.history;
  assert.deepEqual(
    rehearsals.map(({ current }) => current),
    [false, false, false, true],
  );
  assert.equal(multiples.length, 1 + new Set(facts.record.plan.items.map(({ skill }) => skill)).size);
  assert.ok(multiples.every(({ dots }) => dots.length === 4 && dots.at(-1)?.latest === true));
});

test("a long history keeps the latest dozen", () => {
  const history = Array.from({ length: 30 }, (_, index) => ({
    ...facts,
    record: { ...facts.record, plan: { ...facts.record.plan, id: `r-${String(index)}` } },
  }));
  const shown = rehearsalReport({ ...facts, history }, "en").history.rehearsals;
  assert.deepEqual([shown.length, shown.at(-1)?.id], [12, "r-29"]);
});

test("the radar has every skill, also those that were not asked, and both profiles", () => {
  const { rows, areas } = report.radar;
  assert.equal(rows.length, skillIds.length);
  assert.equal(rows.filter(({ you }) => you === "not asked").length, skillIds.length - 4);
  assert.deepEqual([rows[0]?.campus, rows[0]?.experienced], ["92 %", "87 %"]);
  assert.deepEqual(
    areas.map(({ kind, closed }) => [kind, closed]),
    [
      ["campus", true],
      ["experienced", true],
      ["you", false],
    ],
  );
});

test("it says that nobody measured clarity", () => {
  assert.match(report.limits.join("\n"), /^How clear the code is\. Nobody measured/);
});

test("no text is missing in either language, and none is in the other one", () => {
  for (const locale of locales) {
    const texts = stringsIn(rehearsalReport(facts, locale));
    assert.ok(texts.every((text) => !/undefined|NaN|\[object|\{\d\}/.test(text)));
  }
  const chinese = rehearsalReport(facts, "zh-cn");
  assert.ok([chinese.verdict, ...chinese.pauses, ...chinese.limits].every((text) => /\p{Script=Han}/u.test(text)));
  assert.equal(chinese.items[1]?.answer?.chosen, "B：Unbounded（中文）");
});

test("an empty rehearsal has a report as well", () => {
  const record = { ...facts.record, items: {}, plan: { ...facts.record.plan, items: [] } };
  const score = { version: 1, items: [], skills: [], points: 0, of: 0 } as const;
  const empty = rehearsalReport({ ...facts, record, score, history: [{ record, score }], lessons: [] }, "en");
  assert.deepEqual([empty.total.share, empty.items, empty.plan, empty.bugs], [0, [], [], []]);
});

test("durations read as people say them", () => {
  assert.deepEqual(
    [0, 59.6, 61, 120].map((seconds) => duration(seconds, "en")),
    ["0 s", "1 min", "1 min 1 s", "2 min"],
  );
  assert.deepEqual(
    [5, 60, 95].map((seconds) => duration(seconds, "zh-cn")),
    ["5 秒", "1 分钟", "1 分 35 秒"],
  );
});

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
