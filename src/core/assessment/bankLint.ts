/**
 * What is wrong with a bank of questions though every key is right: two questions that are nearly the same, and keys that can be
 * guessed without knowing the matter, because the right option is the longest too often or stands in one place too often. Pure.
 */
import { type Locale, locales } from "../../protocol/words.ts";
import type { Finding } from "../lesson/lessonFinding.ts";
import { optionLetter } from "../questions/quizView.ts";
import type { BankQuestion } from "./questionBank.ts";

export interface LintedFile {
  /** Its name in the findings, "order.json". */
  readonly file: string;
  readonly questions: readonly BankQuestion[];
  /** Line (from 1) of the question at that place. */
  readonly lineOf: (index: number) => number;
}

/** Two questions that share so much of what they have together are nearly the same; different ones on one subject share up to a third. */
const tooSimilar = 0.5;
/** In tokens. Shorter pieces are shared by all that is written about one subject. */
const shingleLength = 3;
/** Of fewer questions no habit can be told. */
const fewest = 8;

export function lintBank(files: readonly LintedFile[]): readonly Finding[] {
  const asked = files.flatMap(({ file, questions, lineOf }) =>
    questions.map((question, index) => ({ question, file, line: lineOf(index) })),
  );
  return [
    ...nearDuplicates(asked),
    ...files.flatMap(({ file, questions }) => giveaways(file, questions)),
    ...giveaways(
      "the whole bank",
      asked.map(({ question }) => question),
    ),
  ];
}

/** How much two sets have in common, of all that is in them: 0 to 1. */
export function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const each of a) if (b.has(each)) shared++;
  const all = a.size + b.size - shared;
  return all === 0 ? 0 : shared / all;
}

/** All runs of three tokens in what is read of a question in this language. */
export function shinglesOf(question: BankQuestion, locale: Locale): ReadonlySet<string> {
  const text = [
    question.prompt[locale],
    "code" in question ? question.code : "",
    ...question.options.map((option) => option.text[locale]),
  ].join("\n");
  // A word, a number, a Chinese character, or a sign of code.
  const tokens = text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}]/gu) ?? [];
  const shingles = new Set<string>();
  for (let at = 0; at + shingleLength <= tokens.length; at++)
    shingles.add(tokens.slice(at, at + shingleLength).join(" "));
  return shingles;
}

interface Asked {
  readonly question: BankQuestion;
  readonly file: string;
  readonly line: number;
}

function nearDuplicates(asked: readonly Asked[]): readonly Finding[] {
  const known = asked.map((each) => ({
    ...each,
    shingles: locales.map((locale) => shinglesOf(each.question, locale)),
  }));
  return known.flatMap(({ question, file, line, shingles }, index) => {
    const twin = known
      .slice(0, index)
      .find((other) => shingles.some((own, nth) => similarity(own, other.shingles[nth] ?? new Set()) >= tooSimilar));
    if (twin === undefined) return [];
    const other = twin.question.id;
    return [
      {
        file,
        line,
        message: {
          en: `question "${question.id}" is nearly the same as "${other}" in ${twin.file}`,
          "zh-cn": `题目“${question.id}”与 ${twin.file} 里的“${other}”几乎相同`,
        },
      },
    ];
  });
}

function giveaways(file: string, questions: readonly BankQuestion[]): readonly Finding[] {
  if (questions.length < fewest) return [];
  return [...locales.flatMap((locale) => longestTooOften(file, questions, locale)), ...placeTooOften(file, questions)];
}

function longestTooOften(file: string, questions: readonly BankQuestion[], locale: Locale): readonly Finding[] {
  const count = questions.filter((question) => isRightOneLongest(question, locale)).length;
  const most = mostByChance(questions.length, shareOfOne(questions));
  if (count <= most) return [];
  const [is, of, may] = [String(count), String(questions.length), String(most)];
  const language = locale === "en" ? "English" : "Chinese";
  const name = locale === "en" ? "英文" : "中文";
  return [
    {
      file,
      message: {
        en: `the right option is the longest one in ${is} of ${of} questions (${language}); by chance it would be in at most ${may}`,
        "zh-cn": `${of} 道题里有 ${is} 道的正确选项最长（${name}），而凭偶然至多 ${may} 道`,
      },
    },
  ];
}

function placeTooOften(file: string, questions: readonly BankQuestion[]): readonly Finding[] {
  const most = mostByChance(questions.length, shareOfOne(questions));
  const counts = new Map<number, number>();
  for (const { options, answer } of questions) {
    const place = options.findIndex(({ id }) => id === answer);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...counts].flatMap(([place, count]) => {
    if (count <= most) return [];
    const [letter, is, of, may] = [optionLetter(place), String(count), String(questions.length), String(most)];
    return [
      {
        file,
        message: {
          en: `the right option is ${letter} in ${is} of ${of} questions; by chance it would be in at most ${may}`,
          "zh-cn": `${of} 道题里有 ${is} 道的正确选项是 ${letter}，而凭偶然至多 ${may} 道`,
        },
      },
    ];
  });
}

function isRightOneLongest({ options, answer }: BankQuestion, locale: Locale): boolean {
  const lengths = options.map((option) => ({ right: option.id === answer, length: option.text[locale].length }));
  const right = lengths.find((each) => each.right)?.length ?? 0;
  return lengths.every((each) => each.right || each.length < right);
}

/** The chance that one option among those of a question is the one. */
function shareOfOne(questions: readonly BankQuestion[]): number {
  return questions.reduce((sum, { options }) => sum + 1 / options.length, 0) / questions.length;
}

/** How often something of that chance may come: two standard deviations over what is expected. */
function mostByChance(count: number, chance: number): number {
  return Math.floor(count * chance + 2 * Math.sqrt(count * chance * (1 - chance)));
}
