import assert from "node:assert/strict";
import { test } from "node:test";
import { parseQuizIntent } from "../../../src/core/questions/quizPanelIntent.ts";
import { quizPanelStrings } from "../../../src/core/questions/quizPanelStrings.ts";
import { quizPanelState, quizTitle } from "../../../src/core/questions/quizView.ts";
import { parseQuiz } from "../../../src/core/lesson/lessonSchema.ts";
import type { Question } from "../../../src/core/questions/questionSchema.ts";
import { locales } from "../../../src/protocol/words.ts";
import { meta, quiz } from "./lessonSamples.ts";

const words = (text: string) => ({ en: text, "zh-cn": `${text}（中）` });
const code = "const shown = `${1 < 2}`;\nconsole.log(`\n```\n`);\n";
const predict: Question = {
  id: "prints",
  kind: "predict-output",
  prompt: words("What does it print?"),
  code,
  options: [
    { id: "a", text: words("one / two"), why: words("because"), output: "one\ntwo" },
    { id: "b", text: words("two\none"), why: words("because"), output: "two \none" },
    { id: "c", text: words("two first"), why: words("because"), output: "two\none\n" },
  ],
  answer: "a",
};

function view(locale: "en" | "zh-cn") {
  const parsed = parseQuiz(JSON.stringify(quiz), "quiz.json");
  assert.ok(parsed.ok);
  return quizPanelState(meta, { version: 1, questions: [predict, ...parsed.value.questions] }, locale);
}

test("questions are numbered, named by kind and in one language", () => {
  const { questions, lesson, strings } = view("zh-cn");
  assert.equal(lesson?.title, "Sleep（中）");
  assert.equal(strings, quizPanelStrings["zh-cn"]);
  assert.equal(questions.length, 7);
  assert.equal(questions[0]?.heading, "第 1 题，共 7 题");
  assert.equal(questions[0].kind, "预测输出");
  assert.equal(view("en").questions[6]?.heading, "Question 7 of 7");
  assert.deepEqual(questions[1]?.options[1], {
    id: "b",
    letter: "B",
    text: "option b（中）",
    output: false,
    why: "because b（中）",
  });
  assert.equal(questions[1].answer, "b");
  assert.ok(!("html" in questions[1]));
});

test("code is coloured and escaped as in the prose, whatever backticks are in it", () => {
  const html = view("en").questions[0]?.html ?? "";
  assert.match(html, /^<figure class="code" data-language="ts"/);
  assert.match(html, /<span class="hljs-keyword">const<\/span>/);
  assert.match(html, />1<\/span> &lt; </);
  assert.equal(html.match(/<figure/g)?.length, 1);
});

test("an option that says its output is shown as lines, one that says it in words is not", () => {
  const options = view("zh-cn").questions[0]?.options ?? [];
  assert.deepEqual(
    options.map(({ text, output }) => [text, output]),
    [
      ["one\ntwo", true],
      ["two \none", true],
      ["two first（中）", false],
    ],
  );
});

test("every word is there in both languages, with the same places", () => {
  const places = (text: string) => [...text.matchAll(/\{\d\}/g)].map(([place]) => place).sort();
  for (const [key, text] of Object.entries<string>({ ...quizPanelStrings.en })) {
    const other: unknown = Reflect.get(quizPanelStrings["zh-cn"], key);
    assert.ok(typeof other === "string" && other !== "", key);
    assert.deepEqual(places(other), places(text), key);
  }
  assert.deepEqual(
    locales.map((locale) => quizTitle(meta, locale)),
    ["Check yourself: Sleep", "自测：Sleep（中）"],
  );
});

test("only the closed set of intents comes through", () => {
  for (const intent of [
    { type: "ready", id: 1 },
    { type: "showLesson", lesson: "sleep", id: 2 },
    { type: "answered", question: "pool--late", choice: "permit-lost", id: 2 },
    { type: "setLanguage", language: "zh-cn", id: 3 },
    { type: "reportProblem", problem: "x", id: 4 },
  ]) {
    assert.deepEqual(parseQuizIntent(intent), intent);
  }
  for (const strange of [
    undefined,
    "ready",
    { type: "ready" },
    { type: "ready", id: 0 },
    { type: "ready", id: 1, more: true },
    { type: "run", id: 1 },
    { type: "showLesson", id: 1 },
    { type: "showLesson", lesson: "x".repeat(1000), id: 1 },
    { type: "answered", question: "q", id: 1 },
    { type: "setLanguage", language: "fr", id: 1 },
    { type: "reportProblem", problem: "x".repeat(4001), id: 1 },
  ]) {
    assert.equal(parseQuizIntent(strange), undefined, JSON.stringify(strange));
  }
});
