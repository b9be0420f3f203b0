/**
 * What a rehearsal came to. An item counts as much as the time that the plan gives it: ten points a minute. A question is right or
 * not; a coding task is judged by the rubric (rubric.ts). What was skipped, or never came up, is worth nothing. Pure.
 */
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import type { Words } from "../../protocol/words.ts";
import { diagnoses } from "../verdict/diagnoses.ts";
import type { Mistake } from "../lesson/lessonFiles.ts";
import type { BankQuestion } from "./questionBank.ts";
import type {
  CodingItem,
  Evidence,
  ItemRecord,
  ItemScore,
  MistakeItem,
  PlannedItem,
  QuestionItem,
  RehearsalRecord,
  RehearsalScore,
} from "./rehearsal.ts";
import { type JudgedVerdict, judgeCode } from "./rubric.ts";
import { skillIds } from "./skills.ts";

/** What scoring looks things up in; undefined for what is not there any more. */
export interface ScoringInputs {
  readonly question: (id: string) => BankQuestion | undefined;
  readonly mistake: (lesson: string, name: string) => Mistake | undefined;
  /** Of the code that was handed in for this item of the plan. */
  readonly verdict: (item: string) => JudgedVerdict | undefined;
}

/** Real seconds that are worth a point. */
const secondsAPoint = 6;

export function scoreRehearsal({ plan, items }: RehearsalRecord, inputs: ScoringInputs): RehearsalScore {
  const scores = plan.items.map((item) =>
    scoreItem(item, Object.hasOwn(items, item.id) ? items[item.id] : undefined, inputs),
  );
  const skillOf = new Map(plan.items.map(({ id, skill }) => [id, skill]));
  return {
    version: 1,
    items: scores,
    skills: skillIds.map((skill) => ({ skill, ...sumOf(scores.filter(({ item }) => skillOf.get(item) === skill)) })),
    ...sumOf(scores),
  };
}

/** Points that an item is worth, at least 1. */
export function worthOf({ seconds }: Pick<PlannedItem, "seconds">): number {
  return Math.max(1, Math.round(seconds / secondsAPoint));
}

function sumOf(scores: readonly Pick<ItemScore, "points" | "of">[]): { readonly points: number; readonly of: number } {
  return {
    points: scores.reduce((sum, { points }) => sum + points, 0),
    of: scores.reduce((sum, { of }) => sum + of, 0),
  };
}

function scoreItem(item: PlannedItem, record: ItemRecord | undefined, inputs: ScoringInputs): ItemScore {
  if (item.kind === "coding") return scoreCode(item, record, inputs);
  return "question" in item
    ? scoreQuestion(item, record, inputs.question(item.question))
    : scoreMistake(item, record, inputs.mistake(item.lesson, item.mistake));
}

function scoreQuestion(
  item: QuestionItem,
  record: ItemRecord | undefined,
  question: BankQuestion | undefined,
): ItemScore {
  if (question === undefined) return nothing(item, words.questionGone);
  const option = (wanted: string | undefined) => question.options.find(({ id }) => id === wanted);
  const [right, chosen] = [option(question.answer), option(chosenOf(record))];
  const about =
    question.kind === "find-bug" ? question.options.find(({ id }) => id === question.answer)?.diagnosis : undefined;
  return answered(item, { chosen: chosen?.id, right: question.answer, why: (chosen ?? right)?.why, about });
}

function scoreMistake(item: MistakeItem, record: ItemRecord | undefined, mistake: Mistake | undefined): ItemScore {
  if (mistake === undefined) return nothing(item, words.questionGone);
  const { diagnosis } = mistake;
  const chosen = item.options.find((option) => option === chosenOf(record));
  return answered(item, { chosen, right: diagnosis, why: diagnoses[diagnosis].explanation, about: diagnosis });
}

interface Answer {
  readonly chosen: string | undefined;
  readonly right: string;
  readonly why: Words | undefined;
  readonly about: Diagnosis | undefined;
}

function answered(item: PlannedItem, { chosen, right, why, about }: Answer): ItemScore {
  const isRight = chosen === right;
  const of = worthOf(item);
  const evidence: Evidence = {
    type: "answer",
    right,
    why: why ?? { en: "", "zh-cn": "" },
    ...(chosen === undefined ? {} : { chosen }),
  };
  return {
    item: item.id,
    points: isRight ? of : 0,
    of,
    criteria: [],
    evidence: [evidence],
    diagnoses: isRight || about === undefined ? [] : [about],
  };
}

/** A skipped item gives no answer, also where one had been chosen before. */
function chosenOf(record: ItemRecord | undefined): string | undefined {
  return record?.skipped === true ? undefined : record?.choice;
}

function scoreCode(item: CodingItem, record: ItemRecord | undefined, inputs: ScoringInputs): ItemScore {
  if (record?.skipped === true) return nothing(item, words.skipped);
  if (record?.code === undefined) return nothing(item, words.untouched);
  const verdict = inputs.verdict(item.id);
  if (verdict === undefined) return nothing(item, words.ungraded);
  if (verdict.error !== undefined) return nothing(item, verdict.error.message);
  const of = worthOf(item);
  const criteria = judgeCode(item.lesson, verdict, of);
  if (criteria.length === 0) return nothing(item, words.ungraded);
  const points = criteria.reduce((sum, criterion) => sum + criterion.points, 0);
  const shown = verdict.tests.flatMap(({ failure }) => failure?.diagnosis ?? []);
  return { item: item.id, points, of, criteria, evidence: [], diagnoses: [...new Set(shown)] };
}

function nothing(item: PlannedItem, why: Words): ItemScore {
  const evidence: Evidence = { type: "not-graded", why };
  return { item: item.id, points: 0, of: worthOf(item), criteria: [], evidence: [evidence], diagnoses: [] };
}

const words = {
  questionGone: {
    en: "This version of Interleave does not have this question any more, so nobody can tell whether the answer was right.",
    "zh-cn": "当前版本的 Interleave 里已经没有这道题，答案对不对无从判断。",
  },
  skipped: { en: "Skipped: nothing was handed in.", "zh-cn": "已跳过，没有提交代码。" },
  untouched: { en: "The starter was never changed.", "zh-cn": "起始代码没有动过。" },
  ungraded: {
    en: "The code has not been graded: grading was cancelled, or could not run.",
    "zh-cn": "这段代码没有评判结果：评判被取消了，或者没能运行。",
  },
};
