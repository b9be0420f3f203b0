/** Makes the view model of the review page: the questions that are due, and what comes up when. Pure. */
import type { QuizPanelState } from "../../protocol/quizPanelMessages.ts";
import type { Locale, Words } from "../../protocol/words.ts";
import { diagnoses } from "../verdict/diagnoses.ts";
import { quizPanelStrings } from "./quizPanelStrings.ts";
import { headingText } from "./quizView.ts";
import { day, type ReviewCard } from "./reviewCards.ts";
import { reviewQuestion, type ReviewItem } from "./reviewQuestion.ts";

/** Questions at a time: a review is a few minutes at the beginning of a day. */
export const mostQuestions = 5;

export interface ReviewInputs {
  readonly items: readonly ReviewItem[];
  /** Of all cards, the one that is due first coming first. */
  readonly cards: readonly ReviewCard[];
  /** Real time, ms since 1970. */
  readonly now: number;
  readonly titleOf: (lesson: string) => Words | undefined;
}

export function reviewState({ items, cards, now, titleOf }: ReviewInputs, locale: Locale): QuizPanelState {
  return {
    locale,
    strings: { ...quizPanelStrings[locale], ...strings[locale] },
    questions: items.map((item, index) => ({
      ...reviewQuestion(item, titleOf(item.lesson) ?? { en: item.lesson, "zh-cn": item.lesson }, locale),
      heading: headingText(index + 1, items.length)[locale],
    })),
    ...(items.length === 0 ? { note: nothingDue(cards, now)[locale] } : {}),
  };
}

export function reviewTitle(locale: Locale): string {
  return strings[locale].title;
}

function nothingDue(cards: readonly ReviewCard[], now: number): Words {
  const [first] = cards;
  if (first === undefined) {
    return {
      en: "There is nothing to review. When a run of yours fails, the kind of bug comes up here a day later.",
      "zh-cn": "没有要复习的。你的代码哪次没通过，那一类错误隔天就会出现在这里。",
    };
  }
  const title = diagnoses[first.diagnosis].title;
  const days = Math.max(1, Math.ceil((first.dueAt - now) / day));
  return {
    en: `Nothing is due now. “${title.en}” comes up ${days === 1 ? "within a day" : `in ${String(days)} days`}.`,
    "zh-cn": `现在没有到期的。“${title["zh-cn"]}”将在 ${String(days)} 天${days === 1 ? "之内" : "后"}出现。`,
  };
}

const strings = {
  en: {
    title: "Review",
    intro:
      "Kinds of bugs that you ran into, each in somebody else's code. A right answer puts one off for longer, a wrong one brings it back tomorrow.",
  },
  "zh-cn": {
    title: "复习",
    intro: "你踩过的几类错误，这次藏在别人的代码里。答对了，它会隔更久再来；答错了，明天再见。",
  },
} as const;
