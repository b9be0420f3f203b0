/** Checks what the host sends to the quiz page against src/protocol/quizPanelMessages.ts. Runs in the quiz page. */
import type * as Quiz from "../../src/protocol/quizPanelMessages.ts";
import type { Locale } from "../../src/protocol/words.ts";
import * as is from "../common/guards.ts";

/** What the host says of its own accord; answers to intents are the messenger's. */
export type QuizMessage = Exclude<Quiz.ToQuizPanelMessage, { readonly type: "answer" }>;

/** The message, or undefined where it is none of the page's. */
export function parseToQuizPanel(data: unknown): QuizMessage | undefined {
  if (!is.isObject(data)) return undefined;
  const { type, state } = data;
  return type === "state" && isState(state) ? { type, state } : undefined;
}

/** What an earlier page kept, where this version understands it. */
export function parseMemory(data: unknown): Quiz.QuizMemory | undefined {
  return isMemory(data) ? data : undefined;
}

const isMemory = is.record<Quiz.QuizMemory>({
  lesson: is.isString,
  scrollTop: is.isNumber,
  answers: is.mapOf(is.record<Quiz.QuizAnswer>({ choice: is.isString, checked: is.isBoolean })),
});

const isOption = is.record<Quiz.OptionView>({
  id: is.isString,
  letter: is.isString,
  text: is.isString,
  output: is.isBoolean,
  why: is.isString,
});

const isQuestion = is.record<Quiz.QuestionView>({
  id: is.isString,
  heading: is.isString,
  kind: is.isString,
  prompt: is.isString,
  html: is.optional(is.isString),
  options: is.listOf(isOption),
  answer: is.isString,
  source: is.optional(is.record<NonNullable<Quiz.QuestionView["source"]>>({ lesson: is.isString, title: is.isString })),
});

const isStrings = is.record<Quiz.QuizPanelStrings>({
  title: is.isString,
  intro: is.isString,
  check: is.isString,
  chooseFirst: is.isString,
  right: is.isString,
  wrong: is.isString,
  yourAnswer: is.isString,
  rightAnswer: is.isString,
  nextQuestion: is.isString,
  toSummary: is.isString,
  summary: is.isString,
  tally: is.isString,
  noneChecked: is.isString,
  startOver: is.isString,
  showLesson: is.isString,
  openSource: is.isString,
  switchLanguage: is.isString,
  problem: is.isString,
});

const isState = is.record<Quiz.QuizPanelState>({
  locale: is.nameOf<Locale>({ en: true, "zh-cn": true }),
  strings: isStrings,
  lesson: is.optional(is.record<NonNullable<Quiz.QuizPanelState["lesson"]>>({ id: is.isString, title: is.isString })),
  note: is.optional(is.isString),
  questions: is.listOf(isQuestion),
});
