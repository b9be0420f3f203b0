/** What a rehearsal comes to: questions by their key, code by the rubric, what was not done by nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ItemRecord, RehearsalRecord } from "../../../../src/core/assessment/rehearsal.ts";
import { scoreRehearsal, type ScoringInputs, worthOf } from "../../../../src/core/assessment/score.ts";
import { design, items, mistake, question, sampleRecord, semaphoreVerdict } from "./reportSamples.ts";

const inputs: ScoringInputs = {
  question: (id) => [question, design].find((each) => each.id === id),
  mistake: () => mistake,
  verdict: (item) => (item === "4" ? semaphoreVerdict() : undefined),
};

const withItem = (id: string, change: Partial<ItemRecord>): RehearsalRecord => {
  const record = sampleRecord();
  const before = record.items[id] ?? { skipped: false, flagged: false, activeMs: 0 };
  return { ...record, items: { ...record.items, [id]: { ...before, ...change } } };
};
const itemOf = (record: RehearsalRecord, id: string, more: Partial<ScoringInputs> = {}) => {
  const found = scoreRehearsal(record, { ...inputs, ...more }).items.find(({ item }) => item === id);
  assert.ok(found !== undefined);
  return found;
};

test("an item is worth ten points a minute, and the rehearsal their sum", () => {
  assert.deepEqual(items.map(worthOf), [10, 15, 15, 60, 60]);
  assert.equal(scoreRehearsal(sampleRecord(), inputs).of, 160);
  assert.equal(worthOf({ seconds: 1 }), 1);
});

test("a question is right or not, and says what was chosen, what is right and why", () => {
  const right = itemOf(sampleRecord(), "1");
  assert.deepEqual([right.points, right.of, right.diagnoses], [10, 10, []]);
  assert.deepEqual(right.evidence, [{ type: "answer", chosen: "a", right: "a", why: question.options[0]?.why }]);
  const wrong = itemOf(sampleRecord(), "2");
  assert.equal(wrong.points, 0);
  assert.deepEqual(wrong.evidence, [{ type: "answer", chosen: "b", right: "a", why: design.options[1]?.why }]);
});

test("a missed question about a bug names the bug; one that was answered does not", () => {
  assert.deepEqual(itemOf(sampleRecord(), "3").diagnoses, ["listener-left-on-signal"]);
  assert.deepEqual(itemOf(sampleRecord({ right: true }), "3").diagnoses, []);
  assert.equal(itemOf(sampleRecord({ right: true }), "3").points, 15);
});

test("skipping is worth nothing, whatever had been chosen or written before", () => {
  assert.equal(itemOf(withItem("1", { skipped: true }), "1").points, 0);
  assert.equal("chosen" in (itemOf(withItem("1", { skipped: true }), "1").evidence[0] ?? {}), false);
  const skipped = itemOf(withItem("4", { skipped: true }), "4");
  assert.deepEqual([skipped.points, skipped.of, skipped.criteria], [0, 60, []]);
  assert.equal(skipped.evidence[0]?.type, "not-graded");
});

test("what never came up, and a choice that is no option, are worth nothing", () => {
  const empty = { ...sampleRecord(), items: {} };
  assert.equal(scoreRehearsal(empty, inputs).points, 0);
  assert.equal(itemOf(withItem("1", { choice: "z" }), "1").points, 0);
  assert.equal(itemOf(withItem("3", { choice: "busy-loop" }), "3").points, 0);
});

test("code that could not be run is worth nothing, for a reason", () => {
  const message = { en: "Line 3 never ends.", "zh-cn": "第 3 行不会结束。" };
  const looped = itemOf(sampleRecord(), "4", { verdict: () => ({ tests: [], error: { message } }) });
  assert.equal(looped.points, 0);
  assert.deepEqual(looped.evidence, [{ type: "not-graded", why: message }]);
  for (const verdict of [undefined, { tests: [] }]) {
    const ungraded = itemOf(sampleRecord(), "4", { verdict: () => verdict });
    assert.deepEqual([ungraded.points, ungraded.evidence[0]?.type], [0, "not-graded"]);
  }
});

test("a question that this version does not have is worth nothing, and says so", () => {
  const gone = itemOf(sampleRecord(), "1", { question: () => undefined });
  assert.deepEqual([gone.points, gone.evidence[0]?.type], [0, "not-graded"]);
  assert.equal(itemOf(sampleRecord(), "3", { mistake: () => undefined }).evidence[0]?.type, "not-graded");
});

test("code is judged by its criteria, and its bugs are named in the order of the tests", () => {
  const code = itemOf(sampleRecord(), "4");
  const sum = code.criteria.reduce((all, { points }) => all + points, 0);
  assert.ok(code.points > 0 && code.points < 60 && Math.abs(code.points - sum) < 1e-9);
  assert.ok(Math.abs(code.criteria.reduce((all, { of }) => all + of, 0) - 60) < 1e-9);
  assert.deepEqual(code.diagnoses, ["listener-left-on-signal", "late-after-abort"]);
});

test("skills add up to the whole; one that was not asked has nothing to lose", () => {
  const score = scoreRehearsal(sampleRecord(), inputs);
  assert.equal(
    score.skills.reduce((sum, { of }) => sum + of, 0),
    score.of,
  );
  assert.ok(Math.abs(score.skills.reduce((sum, { points }) => sum + points, 0) - score.points) < 1e-9);
  assert.deepEqual(
    score.skills.find(({ skill }) => skill === "pools"),
    { skill: "pools", points: 0, of: 0 },
  );
});
