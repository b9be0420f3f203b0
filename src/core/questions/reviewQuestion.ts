/** Makes a question of the review out of another lesson's known mistake: which kind of bug is this? Pure. */
import { Random, seedOf } from "../../base/random.ts";
import { type Diagnosis, diagnosisIds } from "../../protocol/diagnosis.ts";
import type { QuestionView } from "../../protocol/quizPanelMessages.ts";
import type { Verdict } from "../../protocol/verdict.ts";
import type { Locale, Words } from "../../protocol/words.ts";
import { diagnoses } from "../verdict/diagnoses.ts";
import type { Mistake } from "../lesson/lessonFiles.ts";
import type { Progress } from "../progress/progress.ts";
import { optionLetter, renderCode } from "./quizView.ts";
import type { ReviewCard } from "./reviewCards.ts";

/** A known mistake of a lesson. */
export interface MistakeOf {
  readonly lesson: string;
  readonly mistake: Mistake;
}

/** What a question is made of; stays the same in both languages. */
export interface ReviewItem extends MistakeOf {
  /** The right one among them, in the order in which they are shown. */
  readonly options: readonly Diagnosis[];
  /** What the lesson's spec says of the mistake, where it was graded. */
  readonly evidence: Words | undefined;
}

const optionCount = 4;

/**
 * The mistake to ask with: of a lesson in which the learner did not run into this bug, not shown before (or longest ago), of a
 * lesson that the learner knows, and short. Undefined where no lesson has one.
 */
export function pickMistake(
  card: ReviewCard,
  mistakes: readonly MistakeOf[],
  progress: Progress,
): MistakeOf | undefined {
  const rank = ({ lesson, mistake }: MistakeOf): readonly number[] => [
    card.lessons.includes(lesson) ? 1 : 0,
    card.shown.indexOf(`${lesson}/${mistake.name}`),
    ["passed", "in-progress", "not-started"].indexOf(progress.lesson(lesson).status),
    mistake.code.length,
  ];
  return mistakes
    .filter(({ mistake }) => mistake.diagnosis === card.diagnosis)
    .map((of) => ({ of, rank: rank(of) }))
    .sort((a, b) => compare(a.rank, b.rank))[0]?.of;
}

/**
 * @param others the lesson's mistakes, whose diagnoses are the likeliest wrong answers
 * @param verdict of the mistake's code: what it also shows is no wrong answer
 */
export function reviewItem(of: MistakeOf, others: readonly Mistake[], verdict: Verdict | undefined): ReviewItem {
  const { diagnosis } = of.mistake;
  const failures = verdict?.tests.flatMap(({ failure }) => failure ?? []) ?? [];
  const shown = new Set<Diagnosis>([diagnosis, ...failures.map((failure) => failure.diagnosis)]);
  const random = new Random(seedOf(`${of.lesson}/${of.mistake.name}`));
  const likely = random.shuffle(others.map((other) => other.diagnosis));
  const pool = new Set([...likely, ...random.shuffle(diagnosisIds)].filter((each) => !shown.has(each)));
  const options = random.shuffle([diagnosis, ...[...pool].slice(0, optionCount - 1)]);
  return { ...of, options, evidence: failures.find((failure) => failure.diagnosis === diagnosis)?.message };
}

export function reviewQuestionId({ lesson, mistake }: MistakeOf): string {
  return `${lesson}--${mistake.name}`;
}

/** @param title of the mistake's lesson */
export function reviewQuestion(item: ReviewItem, title: Words, locale: Locale): Omit<QuestionView, "heading"> {
  const { lesson, mistake, options, evidence } = item;
  return {
    id: reviewQuestionId(item),
    kind: words.kind[locale],
    prompt: mistakePrompt(title)[locale],
    html: renderCode(askedCode(mistake)),
    options: options.map((diagnosis, index) => ({
      id: diagnosis,
      letter: optionLetter(index),
      text: diagnoses[diagnosis].title[locale],
      output: false,
      why: whyOf(diagnosis, mistake.diagnosis, evidence)[locale],
    })),
    answer: mistake.diagnosis,
    source: { lesson, title: title[locale] },
  };
}

/** @param title of the mistake's lesson */
export function mistakePrompt(title: Words): Words {
  return {
    en: `Somebody wrote this for “${title.en}”. What is wrong with it?`,
    "zh-cn": `这是某人为“${title["zh-cn"]}”写的代码。它错在哪里？`,
  };
}

function whyOf(diagnosis: Diagnosis, right: Diagnosis, evidence: Words | undefined): Words {
  const { explanation } = diagnoses[diagnosis];
  if (diagnosis !== right) return words.notThis(explanation);
  return evidence === undefined ? explanation : words.shown(explanation, evidence);
}

const words = {
  kind: { en: "Find the bug", "zh-cn": "找出错误" },
  notThis: (explanation: Words): Words => ({
    en: `Not here. It would mean: ${explanation.en}`,
    "zh-cn": `这里不是这个问题。它指的是：${explanation["zh-cn"]}`,
  }),
  shown: (explanation: Words, evidence: Words): Words => ({
    en: `${explanation.en} Run in every order, the lesson's tests say of this code: ${evidence.en}`,
    "zh-cn": `${explanation["zh-cn"]}把各种顺序都跑一遍，这一课的测试对这段代码的评语是：${evidence["zh-cn"]}`,
  }),
};

/** The mistake as it is shown, and so as it is graded: its first line, which names the diagnosis, is left out. */
export function askedCode({ code }: Mistake): string {
  return code.replace(/^.*\n+/, "");
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
