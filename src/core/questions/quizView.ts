/** Makes the view model of the page "Check yourself" from a lesson's questions. Pure. */
import type { OptionView, QuestionView, QuizPanelState } from "../../protocol/quizPanelMessages.ts";
import type { Locale, Words } from "../../protocol/words.ts";
import { createLessonRenderer, type LessonRenderer } from "../lesson/lessonHtml.ts";
import type { LessonMeta, Quiz } from "../lesson/lessonSchema.ts";
import { createMarkdown } from "../lesson/markdown.ts";
import type { Question } from "./questionSchema.ts";
import { quizPanelStrings } from "./quizPanelStrings.ts";

export function quizPanelState(meta: Pick<LessonMeta, "id" | "title">, quiz: Quiz, locale: Locale): QuizPanelState {
  const renderer = createLessonRenderer({ original: "" });
  const { length } = quiz.questions;
  return {
    locale,
    strings: quizPanelStrings[locale],
    lesson: { id: meta.id, title: meta.title[locale] },
    questions: quiz.questions.map((question, index) => ({
      ...questionView(question, renderer, locale),
      heading: headingText(index + 1, length)[locale],
    })),
  };
}

/** Title of the panel's tab. */
export function quizTitle(meta: Pick<LessonMeta, "title">, locale: Locale): string {
  const { title } = quizPanelStrings[locale];
  return locale === "en" ? `${title}: ${meta.title.en}` : `${title}：${meta.title[locale]}`;
}

function questionView(question: Question, renderer: LessonRenderer, locale: Locale): Omit<QuestionView, "heading"> {
  return {
    id: question.id,
    kind: kindName(question.kind)[locale],
    prompt: question.prompt[locale],
    ...("code" in question ? { html: renderCode(question.code, renderer) } : {}),
    options: question.options.map((option, index) => optionView(option, index, locale)),
    answer: question.answer,
  };
}

type Option = Question["options"][number];

export function optionView(option: Option, index: number, locale: Locale): OptionView {
  const lines = outputLines(option);
  return {
    id: option.id,
    letter: optionLetter(index),
    text: lines ?? option.text[locale],
    output: lines !== undefined,
    why: option.why[locale],
  };
}

/** "A" for 0. */
export function optionLetter(index: number): string {
  return String.fromCharCode(65 + index);
}

/**
 * The option's output, where its text says no more than that: the lines themselves, or joined by slashes. Shown as lines
 * it reads like a console.
 */
function outputLines(option: Option): string | undefined {
  if (!("output" in option)) return undefined;
  const written = option.text.en.replaceAll(" / ", "\n");
  return trimLines(written) === trimLines(option.output) ? option.output : undefined;
}

function trimLines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trim())
    .join("\n");
}

/** As a fence in the prose would be rendered. */
export function renderCode(code: string, renderer = createLessonRenderer({ original: "" })): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return renderer.render(createMarkdown().parse(`${fence}ts\n${code.replace(/\n*$/, "\n")}${fence}\n`, {}));
}

export function headingText(number: number, total: number): Words {
  return {
    en: `Question ${String(number)} of ${String(total)}`,
    "zh-cn": `第 ${String(number)} 题，共 ${String(total)} 题`,
  };
}

export function kindName(kind: Question["kind"]): Words {
  switch (kind) {
    case "predict-output":
      return { en: "Predict the output", "zh-cn": "预测输出" };
    case "find-bug":
      return { en: "Find the bug", "zh-cn": "找出错误" };
    case "choose-design":
      return { en: "Choose a design", "zh-cn": "选择设计" };
  }
}
