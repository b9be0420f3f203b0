// What the page of a rehearsal is told, and what it may ask: nothing that gives an answer away, nothing outside the closed set.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { root } from "../../../../scripts/lib/paths.mjs";
import { createFolderReader } from "../../../../src/cli/folderReader.ts";
import { parseAssessmentIntent } from "../../../../src/core/assessment/assessmentIntent.ts";
import { assessmentStrings } from "../../../../src/core/assessment/assessmentStrings.ts";
import { contractHtml, modelAnswerHtml } from "../../../../src/core/assessment/explainBack.ts";
import { diagnoses } from "../../../../src/core/verdict/diagnoses.ts";
import { readLesson } from "../../../../src/core/lesson/lessonFiles.ts";
import { locales } from "../../../../src/protocol/words.ts";
import { parseToAssessment } from "../../../../webview/assessment/parseMessage.ts";
import { loadRehearsal, type RehearsalFixture, startedAt } from "./rehearsalSamples.ts";
import { assessmentIntents } from "../intentSamples.ts";
import { readMaterial, readRealBank } from "./material.ts";

let rehearsal: RehearsalFixture;

before(async () => {
  rehearsal = await loadRehearsal();
});

test("a sitting shows no explanation, no answer and no diagnosis but among the options", async () => {
  const { bank, mistakes } = await readMaterial(await readRealBank());
  const questions = new Map(bank.flatMap((file) => file.questions.map((each) => [each.id, each] as const)));
  for (const locale of locales) {
    const text = JSON.stringify(rehearsal.sitting([], locale));
    for (const item of rehearsal.plan.items) {
      const question = "question" in item ? questions.get(item.question) : undefined;
      for (const { why } of question?.options ?? []) assert.ok(!text.includes(JSON.stringify(why[locale])));
      if (!("mistake" in item)) continue;
      const mistake = mistakes.get(item.lesson)?.find(({ name }) => name === item.mistake);
      assert.ok(mistake);
      assert.ok(!text.includes(mistake.belief));
      assert.ok(!text.includes(diagnoses[mistake.diagnosis].explanation[locale]));
    }
    assert.doesNotMatch(text, /"answer":/);
  }
});

test("every lesson has a contract to code by and a model answer, in both languages, without drawings", async () => {
  const reader = createFolderReader(join(root, "lessons"));
  const { lessons } = await readMaterial([]);
  for (const { id } of lessons) {
    const lesson = await readLesson(reader, id);
    assert.ok(lesson.ok);
    for (const locale of locales) {
      const [contract, model] = [contractHtml(lesson.value, locale), modelAnswerHtml(lesson.value, locale)];
      assert.ok(contract.length > 500, `${id} ${locale}`);
      assert.ok(model.length > 200, `${id} ${locale}`);
      assert.doesNotMatch(contract + model, /class="diagram"|<img/);
      assert.notEqual(contract, model);
    }
  }
  for (const { checklist } of rehearsal.after().after?.tasks ?? []) assert.ok(checklist.length >= 4);
});

test("the page takes what the host sends, and nothing else", () => {
  const states = [rehearsal.start(), rehearsal.sitting(), rehearsal.after([], "zh-cn", true)];
  for (const state of states) {
    // As it comes over: what is undefined is not there.
    const sent = JSON.parse(JSON.stringify({ type: "state", state })) as object;
    assert.deepEqual(parseToAssessment(sent), sent);
    assert.equal(parseToAssessment({ type: "state", state: { ...state, strings: {} } }), undefined);
    assert.equal(parseToAssessment({ type: "state", state: { ...state, sitting: {} } }), undefined);
  }
  assert.ok(parseToAssessment({ type: "clock", remainingMs: 5, running: true }));
  for (const strange of [undefined, 1, {}, { type: "clock", remainingMs: NaN, running: true }, { type: "written" }])
    assert.equal(parseToAssessment(strange), undefined);
});

test("every intent comes through, and no other", () => {
  for (const intent of assessmentIntents) assert.deepEqual(parseAssessmentIntent(intent), intent);
  const strange: readonly unknown[] = [
    undefined,
    { type: "ready" },
    { id: 0, type: "ready" },
    { id: 1, type: "cheat" },
    { id: 1, type: "start", profile: "boss", minutes: 20 },
    { id: 1, type: "start", profile: "campus", minutes: 21 },
    { id: 1, type: "start", profile: "campus", minutes: 20, seed: -1 },
    { id: 1, type: "start", profile: "campus", minutes: 20, seed: 2 ** 32 },
    { id: 1, type: "goOn", rehearsal: "../x" },
    { id: 1, type: "choose", item: "1" },
    { id: 1, type: "tick", item: "1", checked: [-1] },
    { id: 1, type: "rate", item: "1", rating: 0 },
    { id: 1, type: "explain", item: "1", text: "x".repeat(200_001) },
  ];
  for (const each of strange) assert.equal(parseAssessmentIntent(each), undefined, JSON.stringify([each]).slice(0, 80));
});

test("what stopped the clock is told in plain words", () => {
  const facts = rehearsal.after([
    { type: "paused", at: startedAt + 10_000, why: "asked" },
    { type: "resumed", at: startedAt + 70_000 },
    { type: "resumed", at: startedAt + 75_000 },
  ]).after?.facts;
  assert.deepEqual(facts, [
    "Handed in after 0.2 of 20 minutes.",
    "You paused the clock once, for 1.0 minutes.",
    "The clock stood still once without a word (a crash, a machine asleep), for 0.1 minutes.",
  ]);
});

test("both languages say the same number of things", () => {
  assert.equal(assessmentStrings.en.rules.length, assessmentStrings["zh-cn"].rules.length);
  assert.equal(assessmentStrings.en.ratings.length, 5);
  assert.equal(assessmentStrings["zh-cn"].ratings.length, 5);
});
