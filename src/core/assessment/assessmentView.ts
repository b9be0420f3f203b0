/** Makes what the page of a rehearsal shows: the form to begin with, the sitting, and what comes after it. Pure. */
import type {
  AfterView,
  AskedView,
  EarlierView,
  ItemView,
  SittingView,
  StartChoice,
  StartView,
  TaskView,
} from "../../protocol/assessmentMessages.ts";
import type { Locale, Words } from "../../protocol/words.ts";
import { diagnoses } from "../verdict/diagnoses.ts";
import type { Lesson, Mistake } from "../lesson/lessonFiles.ts";
import { createLessonRenderer } from "../lesson/lessonHtml.ts";
import { kindName, optionLetter, optionView, renderCode } from "../questions/quizView.ts";
import { askedCode, mistakePrompt } from "../questions/reviewQuestion.ts";
import { blueprintOf } from "./blueprint.ts";
import { contractHtml, modelAnswerHtml } from "./explainBack.ts";
import { drawnWords } from "./plan.ts";
import type { BankQuestion } from "./questionBank.ts";
import {
  type CodingItem,
  type ItemRecord,
  type MistakeItem,
  type Pause,
  type PlannedItem,
  rehearsalMinutes,
  type RehearsalPlan,
  type RehearsalRecord,
} from "./rehearsal.ts";
import { remainingMs, type Session } from "./session.ts";
import { type ProfileId, profileIds } from "./skills.ts";

/** What the items of a plan are about. Whatever is not there any more is shown as gone. */
export interface ItemMaterial {
  readonly question: (id: string) => BankQuestion | undefined;
  readonly mistake: (lesson: string, name: string) => Mistake | undefined;
  /** Of the coding tasks. */
  readonly lesson: (id: string) => Lesson | undefined;
  /** What an explanation of the lesson's solution should speak of. */
  readonly checklist: (lesson: string) => readonly Words[];
  /** Of any lesson. */
  readonly titleOf: (lesson: string) => Words;
}

const profileNames: Readonly<Record<ProfileId, Words>> = {
  campus: { en: "Campus hire", "zh-cn": "校招" },
  experienced: { en: "Experienced hire", "zh-cn": "社招" },
};

const profileSummaries: Readonly<Record<ProfileId, Words>> = {
  campus: {
    en: "Mostly concurrency itself; introductory and intermediate.",
    "zh-cn": "以并发本身为主，难度从入门到中等。",
  },
  experienced: {
    en: "More of service governance and storage; intermediate and advanced.",
    "zh-cn": "服务治理和存储更多，难度从中等到进阶。",
  },
};

/** E.g. "Campus hire, 20 minutes, seed 42". */
export function planTitle({ profile, minutes, seed }: RehearsalPlan, locale: Locale): string {
  return {
    en: `${profileNames[profile].en}, ${String(minutes)} minutes, seed ${String(seed)}`,
    "zh-cn": `${profileNames[profile]["zh-cn"]}，${String(minutes)} 分钟，种子 ${String(seed)}`,
  }[locale];
}

/** Name of a coding task's file. */
export function taskFile({ lesson }: CodingItem): string {
  return `${lesson}.ts`;
}

/** @param records the latest first */
export function startView(records: readonly RehearsalRecord[], locale: Locale): StartView {
  const last = records[0]?.plan;
  return {
    profiles: profileIds.map((id) => ({
      id,
      title: profileNames[id][locale],
      summary: profileSummaries[id][locale],
    })),
    lengths: rehearsalMinutes.map((minutes) => lengthChoice(minutes, locale)),
    profile: last?.profile ?? "campus",
    length: String(last?.minutes ?? 20),
    unfinished: records.filter(({ finished }) => finished === undefined).map((each) => earlierView(each, locale)),
    earlier: records.filter(({ finished }) => finished !== undefined).map((each) => earlierView(each, locale)),
  };
}

function lengthChoice(minutes: (typeof rehearsalMinutes)[number], locale: Locale): StartChoice {
  const { kinds, coding, codingSeconds } = blueprintOf("campus", minutes);
  const questions = String(Object.values(kinds).reduce((sum, count) => sum + count, 0));
  const each = String(Math.round(codingSeconds / 60));
  const summary = {
    en: `${questions} questions, and ${String(coding)} coding tasks of ${each} minutes`,
    "zh-cn": `${questions} 道题，外加 ${String(coding)} 道编程题，每道 ${each} 分钟`,
  };
  const title = { en: `${String(minutes)} minutes`, "zh-cn": `${String(minutes)} 分钟` };
  return { id: String(minutes), title: title[locale], summary: summary[locale] };
}

function earlierView({ plan, startedAt, finished, activeMs }: RehearsalRecord, locale: Locale): EarlierView {
  const when = whenText(startedAt, locale);
  const left = Math.max(1, Math.ceil(plan.minutes - activeMs / 60_000));
  const detail = {
    en: finished === undefined ? `${when}, ${String(left)} min left` : when,
    "zh-cn": finished === undefined ? `${when}，还剩 ${String(left)} 分钟` : when,
  };
  return { rehearsal: plan.id, title: planTitle(plan, locale), detail: detail[locale] };
}

/** The learner's own time zone. */
function whenText(at: number, locale: Locale): string {
  const format = new Intl.DateTimeFormat(locale === "en" ? "en" : "zh-CN", { dateStyle: "medium", timeStyle: "short" });
  return format.format(at);
}

export interface SittingInputs {
  readonly session: Session;
  readonly material: ItemMaterial;
  /** Real ms since 1970. */
  readonly now: number;
  readonly elsewhere: boolean;
}

export function sittingView({ session, material, now, elsewhere }: SittingInputs, locale: Locale): SittingView {
  const { record, current, running } = session;
  const { plan, items } = record;
  const renderer = createLessonRenderer({ original: "" });
  const drawCode = (code: string): string => renderCode(code, renderer);
  return {
    rehearsal: plan.id,
    title: planTitle(plan, locale),
    ...(plan.drawn === undefined ? {} : { note: drawnWords[plan.drawn][locale] }),
    items: plan.items.map((item, index) => ({
      heading: headingOf(index + 1, plan.items.length)[locale],
      ...itemView(item, items[item.id] ?? { skipped: false, flagged: false, activeMs: 0 }, material, drawCode, locale),
    })),
    current,
    remainingMs: remainingMs(session, now),
    running: running && !elsewhere,
    elsewhere,
  };
}

function itemView(
  item: PlannedItem,
  done: ItemRecord,
  material: ItemMaterial,
  drawCode: (code: string) => string,
  locale: Locale,
): Omit<ItemView, "heading"> {
  const minutes = Math.max(1, Math.round(item.seconds / 60));
  const time = {
    en: `about ${String(minutes)} min`,
    "zh-cn": `约 ${String(minutes)} 分钟`,
  };
  const common = { id: item.id, time: time[locale], skipped: done.skipped, flagged: done.flagged };
  if (item.kind === "coding")
    return { ...common, kind: codingName[locale], task: taskView(item, done, material, locale) };
  const asked =
    "mistake" in item
      ? askedMistake(item, material, drawCode, locale)
      : askedQuestion(item.question, material, drawCode, locale);
  const choice = done.choice === undefined ? {} : { choice: done.choice };
  return { ...common, kind: kindName(item.kind)[locale], question: { ...(asked ?? gone[locale]), ...choice } };
}

function askedQuestion(
  id: string,
  material: ItemMaterial,
  drawCode: (code: string) => string,
  locale: Locale,
): AskedView | undefined {
  const question = material.question(id);
  if (question === undefined) return undefined;
  return {
    prompt: question.prompt[locale],
    ...("code" in question ? { html: drawCode(question.code) } : {}),
    options: question.options.map((option, index) => {
      const { id: name, letter, text, output } = optionView(option, index, locale);
      return { id: name, letter, text, output };
    }),
  };
}

function askedMistake(
  { lesson, mistake: name, options }: MistakeItem,
  material: ItemMaterial,
  drawCode: (code: string) => string,
  locale: Locale,
): AskedView | undefined {
  const mistake = material.mistake(lesson, name);
  if (mistake === undefined) return undefined;
  return {
    prompt: mistakePrompt(material.titleOf(lesson))[locale],
    html: drawCode(askedCode(mistake)),
    options: options.map((diagnosis, index) => ({
      id: diagnosis,
      letter: optionLetter(index),
      text: diagnoses[diagnosis].title[locale],
      output: false,
    })),
  };
}

function taskView(item: CodingItem, done: ItemRecord, material: ItemMaterial, locale: Locale): TaskView {
  const lesson = material.lesson(item.lesson);
  return {
    title: material.titleOf(item.lesson)[locale],
    file: taskFile(item),
    html: lesson === undefined ? "" : contractHtml(lesson, locale),
    written: done.code !== undefined,
    explanation: done.explanation ?? "",
  };
}

export interface AfterInputs {
  readonly record: RehearsalRecord;
  readonly material: ItemMaterial;
  readonly grading: AfterView["grading"];
}

export function afterView({ record, material, grading }: AfterInputs, locale: Locale): AfterView {
  const { plan, items } = record;
  const tasks = plan.items.flatMap((item) => {
    const lesson = item.kind === "coding" ? material.lesson(item.lesson) : undefined;
    if (lesson === undefined) return [];
    const { explanation = "", checked = [], rating } = items[item.id] ?? {};
    return [
      {
        item: item.id,
        title: lesson.meta.title[locale],
        explanation,
        html: modelAnswerHtml(lesson, locale),
        checklist: material.checklist(lesson.meta.id).map((point) => point[locale]),
        checked,
        ...(rating === undefined ? {} : { rating }),
      },
    ];
  });
  return {
    rehearsal: plan.id,
    title: planTitle(plan, locale),
    facts: factsOf(record).map((fact) => fact[locale]),
    ...(grading === undefined ? {} : { grading }),
    tasks,
  };
}

function factsOf({ finished, activeMs, pauses, plan }: RehearsalRecord): readonly Words[] {
  const used = minutesOf(activeMs);
  const ended: Words =
    finished?.why === "time-up"
      ? { en: `The ${String(plan.minutes)} minutes were up.`, "zh-cn": `${String(plan.minutes)} 分钟到了。` }
      : {
          en: `Handed in after ${used} of ${String(plan.minutes)} minutes.`,
          "zh-cn": `用了 ${used} 分钟交卷，共 ${String(plan.minutes)} 分钟。`,
        };
  return [ended, ...(["asked", "closed", "lost"] as const).flatMap((why) => pausedFact(pauses, why) ?? [])];
}

function pausedFact(pauses: readonly Pause[], why: Pause["why"]): Words | undefined {
  const of = pauses.filter((pause) => pause.why === why);
  if (of.length === 0) return undefined;
  const [times, minutes] = [String(of.length), minutesOf(of.reduce((sum, { from, to }) => sum + to - from, 0))];
  const often = of.length === 1 ? "once" : `${times} times`;
  return {
    asked: {
      en: `You paused the clock ${often}, for ${minutes} minutes.`,
      "zh-cn": `你暂停了 ${times} 次，共 ${minutes} 分钟。`,
    },
    closed: {
      en: `The clock stood still ${often} because the page or the window was closed, for ${minutes} minutes.`,
      "zh-cn": `页面或窗口关闭，停表 ${times} 次，共 ${minutes} 分钟。`,
    },
    lost: {
      en: `The clock stood still ${often} without a word (a crash, a machine asleep), for ${minutes} minutes.`,
      "zh-cn": `意外中断（崩溃、电脑休眠等），停表 ${times} 次，共 ${minutes} 分钟。`,
    },
  }[why];
}

/** With one digit: a pause may be short. */
function minutesOf(ms: number): string {
  return (ms / 60_000).toFixed(1);
}

function headingOf(number: number, total: number): Words {
  return {
    en: `Item ${String(number)} of ${String(total)}`,
    "zh-cn": `第 ${String(number)} 题，共 ${String(total)} 题`,
  };
}

const codingName: Words = { en: "Write the code", "zh-cn": "写代码" };

/** Of an item that this version of the extension has no more: nothing can be chosen. */
const gone: Readonly<Record<Locale, AskedView>> = {
  en: { prompt: "This question is not part of the extension any more. It is left out of the score.", options: [] },
  "zh-cn": { prompt: "扩展里已经没有这道题了，它不计入得分。", options: [] },
};
