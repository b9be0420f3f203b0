import assert from "node:assert/strict";
import { test } from "node:test";
import type { QuestionView } from "../../../../src/protocol/quizPanelMessages.ts";
import { answerOf, check, choose, keepAnswers, outcomeOf, tallyOf } from "../../../../webview/quiz/answers.ts";

const question = (id: string): QuestionView => ({
  ...{ id, heading: "", kind: "", prompt: "", answer: "b" },
  options: ["a", "b"].map((option) => ({ id: option, letter: "", text: "", output: false, why: option })),
});
const questions = [question("one"), question("two"), question("three")];
const [one] = questions;
assert.ok(one);

test("a choice can change until it is checked, and then stands", () => {
  let answers = choose(choose({}, "one", "a"), "one", "b");
  assert.equal(outcomeOf(one, answers), undefined);
  answers = choose(check(answers, "one"), "one", "a");
  assert.deepEqual(answerOf(answers, "one"), { choice: "b", checked: true });
  assert.equal(outcomeOf(one, answers)?.right, true);
});

test("nothing is checked where nothing is chosen", () => {
  assert.deepEqual(check({}, "one"), {});
  assert.equal(answerOf({}, "toString"), undefined);
});

test("a wrong choice comes out with both options", () => {
  const outcome = outcomeOf(one, check(choose({}, "one", "a"), "one"));
  assert.equal(outcome?.right, false);
  assert.deepEqual([outcome.chosen.why, outcome.answer.why], ["a", "b"]);
});

test("the tally counts what is checked", () => {
  const answers = choose(check(choose(check(choose({}, "one", "a"), "one"), "two", "b"), "two"), "three", "b");
  assert.deepEqual(tallyOf(questions, answers), { checked: 2, right: 1, total: 3 });
});

test("what was kept is taken as far as the questions still have it", () => {
  const kept = { choice: "a", checked: true };
  assert.deepEqual(keepAnswers({ one: kept, two: { ...kept, choice: "z" }, gone: kept }, questions), { one: kept });
});
