// What pages post to the extension, the extension to pages, and sandboxes to the runner, broken at random: a parser gives a message of the closed set or
// nothing, and throws for nothing. FUZZ_RUNS sets how many; TEST_SEED repeats a run.
import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import fc from "fast-check";
import { messageId, parseIntent } from "../../../src/core/lessonPanel/lessonPanelIntent.ts";
import { parseReportIntent } from "../../../src/core/assessment/reportIntent.ts";
import { parsePlaygroundIntent } from "../../../src/core/playground/intent.ts";
import { parseAssessmentIntent } from "../../../src/core/assessment/assessmentIntent.ts";
import { parseQuizIntent } from "../../../src/core/questions/quizPanelIntent.ts";
import { parseTimelineIntent } from "../../../src/core/timelinePanel/timelineIntent.ts";
import { quizPanelState } from "../../../src/core/questions/quizView.ts";
import { parseQuiz } from "../../../src/core/lesson/lessonSchema.ts";
import { checkAnswer } from "../../../src/runner/sandboxAnswers.ts";
import * as lessonPage from "../../../webview/lesson/parseMessage.ts";
import * as quizPage from "../../../webview/quiz/parseMessage.ts";
import {
  assessmentIntents,
  lessonIntents,
  playgroundIntents,
  quizIntents,
  reportIntents,
  timelineIntents,
} from "../core/intentSamples.ts";
import { meta, quiz } from "../core/lessonSamples.ts";
import { mutateValue, randomFrom } from "./mutate.ts";

const runs = Number(process.env["FUZZ_RUNS"] ?? 150);
const seed = Number(process.env["TEST_SEED"] ?? 1);
const label = `FUZZ_RUNS=${String(runs)} TEST_SEED=${String(seed)}`;

const parsedQuiz = parseQuiz(JSON.stringify(quiz), "quiz.json");
assert.ok(parsedQuiz.ok);
const { title } = meta;
const toQuizPage = { type: "state", state: quizPanelState({ id: meta.id, title }, parsedQuiz.value, "en") };

type Parse = (message: unknown) => unknown;

/** A message that comes through is plain, is what was posted, and comes through again. */
function assertClosed(parse: Parse, message: unknown): void {
  const once = parse(message);
  if (once === undefined) return;
  assert.deepEqual(once, message);
  assert.equal(Object.getPrototypeOf(once), Object.prototype);
  assert.deepEqual(parse(structuredClone(once)), once);
}

const event = { seq: 0, at: 1.5, type: "start", kind: "timer", operation: 1, label: "timer", line: 3 };
const failure = {
  diagnosis: "stampede",
  message: { en: "a", "zh-cn": "b" },
  schedule: "i2-0",
  at: 10,
  source: { line: 1, column: 2 },
  expected: "1",
  actual: "2",
  trace: [event, { ...event, seq: 1, type: "finding", kind: "finding", cause: 0, detail: "x" }],
};
const verdict = {
  name: "a-test",
  title: { en: "a", "zh-cn": "b" },
  status: "failed",
  schedules: { run: 3, total: null, exhaustive: false, reduced: true, deviations: 1 },
  failure,
  output: ["line"],
};
const sandboxMessages: readonly unknown[] = [
  { type: "ready", confinement: ["files"] },
  { type: "listed", tests: [{ name: "a-test", title: { en: "a", "zh-cn": "b" } }] },
  { type: "progress", test: "a-test", schedules: 100 },
  { type: "tested", verdict },
  { type: "done" },
  { type: "done", trace: [event], output: [], verdict },
  {
    type: "failed",
    error: { code: "threw-on-load", message: { en: "a", "zh-cn": "b" }, source: { line: 1, column: 1 } },
  },
];

const parseAnswer: Parse = (message) => {
  const answer = checkAnswer(message);
  return answer.type === "damage" ? undefined : answer;
};

const parsers: readonly (readonly [name: string, parse: Parse, samples: readonly unknown[]])[] = [
  ["the lesson panel's intents", parseIntent, lessonIntents],
  ["the quiz page's intents", parseQuizIntent, quizIntents],
  ["the rehearsal page's intents", parseAssessmentIntent, assessmentIntents],
  ["the timeline's intents", parseTimelineIntent, timelineIntents],
  ["the report's intents", parseReportIntent, reportIntents],
  ["the playground's intents", parsePlaygroundIntent, playgroundIntents],
  ["a sandbox's messages", parseAnswer, sandboxMessages],
];

for (const [name, parse, samples] of parsers) {
  test(`${name}, broken at random (${label})`, () => {
    for (const sample of samples) assert.deepEqual(parse(sample), sample);
    let refused = 0;
    for (let run = 0; run < runs; run++) {
      const pick = randomFrom(seed + run);
      const message = mutateValue(samples[pick(samples.length)], pick);
      assertClosed(parse, message);
      if (parse(message) === undefined) refused++;
      const id = messageId(message);
      assert.ok(id === undefined || (Number.isInteger(id) && id >= 1));
    }
    assert.ok(refused > 0);
  });

  test(`${name} out of thin air (${label})`, () => {
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
        (message) => {
          assertClosed(parse, message);
          messageId(message);
        },
      ),
      { numRuns: runs, seed },
    );
  });
}

test(`what the host sends to its pages, broken at random (${label})`, () => {
  assert.notEqual(quizPage.parseToQuizPanel(toQuizPage), undefined);
  for (let run = 0; run < runs; run++) {
    const message = mutateValue(toQuizPage, randomFrom(seed + run));
    const quizMessage = quizPage.parseToQuizPanel(message);
    if (quizMessage !== undefined) assert.equal(quizMessage.type, "state");
    assert.equal(lessonPage.parseToLessonPanel(message), undefined);
    quizPage.parseMemory(message);
    lessonPage.parseMemory(message);
  }
});
