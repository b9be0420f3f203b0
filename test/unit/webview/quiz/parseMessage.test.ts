import assert from "node:assert/strict";
import { test } from "node:test";
import { quizPanelStrings } from "../../../../src/core/questions/quizPanelStrings.ts";
import type { QuizPanelState } from "../../../../src/protocol/quizPanelMessages.ts";
import { parseMemory, parseToQuizPanel } from "../../../../webview/quiz/parseMessage.ts";

const option = { id: "a", letter: "A", text: "", output: false, why: "" };
const question = { id: "one", heading: "", kind: "", prompt: "", options: [option], answer: "a" };
const state: QuizPanelState = {
  locale: "en",
  strings: quizPanelStrings.en,
  lesson: { id: "sleep", title: "Sleep" },
  questions: [question, { ...question, html: "<figure></figure>" }],
};

test("a whole state passes, and only that", () => {
  assert.deepEqual(parseToQuizPanel({ type: "state", state }), { type: "state", state });
  for (const key of Object.keys(state)) {
    // Nobody's questions are a review's.
    if (key !== "lesson") {
      assert.equal(parseToQuizPanel({ type: "state", state: { ...state, [key]: undefined } }), undefined, key);
    }
    assert.equal(parseToQuizPanel({ type: "state", state: { ...state, [key]: 7 } }), undefined, key);
  }
  for (const key of Object.keys(option)) {
    const questions = [{ ...question, options: [{ ...option, [key]: undefined }] }];
    assert.equal(parseToQuizPanel({ type: "state", state: { ...state, questions } }), undefined, key);
  }
  for (const data of [undefined, null, "state", [], {}, { type: "state" }, { type: "answer", state }]) {
    assert.equal(parseToQuizPanel(data), undefined);
  }
});

test("the memory of an earlier page is taken only where it is whole", () => {
  const memory = { lesson: "sleep", scrollTop: 4, answers: { one: { choice: "a", checked: true } } };
  assert.deepEqual(parseMemory(memory), memory);
  for (const data of [undefined, {}, { ...memory, answers: { one: "a" } }, { ...memory, answers: [] }]) {
    assert.equal(parseMemory(data), undefined);
  }
});
