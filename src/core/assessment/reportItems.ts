/** One item of a report: what was asked, what was done, and what decided its points. Pure. */
import type { CriterionView, EvidenceView, ItemView } from "../../protocol/reportMessages.ts";
import type { Locale, Words } from "../../protocol/words.ts";
import { diagnoses } from "../verdict/diagnoses.ts";
import { optionLetter } from "../questions/quizView.ts";
import { askedCode } from "../questions/reviewQuestion.ts";
import type { CriterionScore, Evidence, ItemRecord, ItemScore, PlannedItem } from "./rehearsal.ts";
import type { ReportFacts } from "./reportFacts.ts";
import { number, share } from "./reportNumbers.ts";
import * as say from "./reportWords.ts";
import { skills } from "./skills.ts";

export interface ItemOfReport {
  readonly item: PlannedItem;
  readonly score: ItemScore;
  /** From 1. */
  readonly number: number;
}

export function itemView(about: ReportFacts, { item, score, number: place }: ItemOfReport, locale: Locale): ItemView {
  const { items } = about.record;
  const record = Object.hasOwn(items, item.id) ? items[item.id] : undefined;
  const used = (record?.activeMs ?? 0) / 1000;
  const [evidence] = score.evidence;
  const { prompt, code } = askedOf(about, item, record);
  return {
    id: item.id,
    heading: `${String(place)}. ${say.kindTitles[item.kind][locale]}`,
    skill: skills[item.skill].title[locale],
    level: say.levelTitles[item.level][locale],
    total: share(score, locale),
    notes: notesOf(record, locale),
    time: {
      planned: item.seconds,
      used: Number(number(used)),
      plannedText: say.duration(item.seconds, locale),
      usedText: say.duration(used, locale),
    },
    prompt: prompt[locale],
    ...(code === undefined ? {} : { code }),
    ...(evidence?.type === "answer" ? { answer: answerView(about, item, evidence, locale) } : {}),
    ...(evidence?.type === "not-graded" ? { notGraded: evidence.why[locale] } : {}),
    criteria: score.criteria.map((criterion) => criterionView(criterion, locale)),
    coding: item.kind === "coding",
  };
}

function notesOf(record: ItemRecord | undefined, locale: Locale): readonly string[] {
  return [
    ...(record?.skipped === true ? [say.facts.skipped[locale]] : []),
    ...(record?.flagged === true ? [say.facts.flagged[locale]] : []),
  ];
}

function askedOf(
  about: ReportFacts,
  item: PlannedItem,
  record: ItemRecord | undefined,
): { readonly prompt: Words; readonly code: string | undefined } {
  if ("question" in item) {
    const question = about.question(item.question);
    const code = question !== undefined && "code" in question ? question.code : undefined;
    return { prompt: question?.prompt ?? say.facts.gonePrompt, code };
  }
  const title = about.lessonTitle(item.lesson) ?? { en: item.lesson, "zh-cn": item.lesson };
  if (item.kind === "coding") return { prompt: say.facts.codingPrompt(title), code: record?.code };
  const mistake = about.mistake(item.lesson, item.mistake);
  return { prompt: say.facts.mistakePrompt(title), code: mistake === undefined ? undefined : askedCode(mistake) };
}

function answerView(
  about: ReportFacts,
  item: PlannedItem,
  { chosen, right, why }: Extract<Evidence, { readonly type: "answer" }>,
  locale: Locale,
): NonNullable<ItemView["answer"]> {
  const text = (option: string): string => optionText(about, item, option)[locale];
  return {
    ...(chosen === undefined ? {} : { chosen: text(chosen) }),
    right: text(right),
    isRight: chosen === right,
    why: why[locale].replaceAll("`", ""),
  };
}

/** "B: 1, 3, 2", as the question showed it. */
function optionText(about: ReportFacts, item: PlannedItem, option: string): Words {
  if ("question" in item) {
    const options = about.question(item.question)?.options ?? [];
    const place = options.findIndex(({ id }) => id === option);
    return lettered(place, options[place]?.text ?? { en: option, "zh-cn": option });
  }
  if (item.kind === "coding") return { en: option, "zh-cn": option };
  const place = item.options.findIndex((diagnosis) => diagnosis === option);
  const diagnosis = item.options[place];
  return lettered(place, diagnosis === undefined ? { en: option, "zh-cn": option } : diagnoses[diagnosis].title);
}

function lettered(place: number, { en, "zh-cn": chinese }: Words): Words {
  if (place < 0) return { en, "zh-cn": chinese };
  const letter = optionLetter(place);
  return { en: `${letter}: ${en}`, "zh-cn": `${letter}：${chinese}` };
}

function criterionView(criterion: CriterionScore, locale: Locale): CriterionView {
  return {
    title: say.criterionTitles[criterion.criterion].title[locale],
    total: share(criterion, locale),
    evidence: criterion.evidence.flatMap((evidence) => (evidence.type === "test" ? [testView(evidence, locale)] : [])),
  };
}

function testView(evidence: Extract<Evidence, { readonly type: "test" }>, locale: Locale): EvidenceView {
  const { test, title, passed, diagnosis, message, schedule, line } = evidence;
  return {
    test,
    title: title[locale],
    passed,
    ...(diagnosis === undefined ? {} : { diagnosis: diagnoses[diagnosis].title[locale] }),
    ...(message === undefined ? {} : { message: message[locale] }),
    ...(schedule === undefined ? {} : { schedule }),
    ...(line === undefined ? {} : { line }),
  };
}
