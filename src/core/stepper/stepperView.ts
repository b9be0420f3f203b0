/** Makes what a page shows of the scheduler game. Pure. */
import type { StepOption, StepResult } from "../../protocol/steps.ts";
import type { StepperEnd, StepperStep, StepperStrings, StepperView } from "../../protocol/stepperMessages.ts";
import type { TraceEvent } from "../../protocol/trace.ts";
import type { TestVerdict } from "../../protocol/verdict.ts";
import type { Locale, Words } from "../../protocol/words.ts";
import { diagnoses } from "../verdict/diagnoses.ts";
import { formatInstant, tellEvent } from "../verdict/lessonStory.ts";
import { nameOfSteps, tellStep } from "./stepWords.ts";

/** One choice of the learner's, and where in the trace it was made. */
export interface Choice {
  /** Place among the options. */
  readonly index: number;
  readonly option: StepOption;
  /** `seq` of the first event that came of it. */
  readonly from: number;
}

/** The game as it stands. */
export interface GameState {
  readonly title: Words;
  readonly choices: readonly Choice[];
  /** The last answer of the sandbox; undefined before the first. */
  readonly result: StepResult | undefined;
  readonly busy: boolean;
  readonly kept: boolean;
}

/** Events that come of a choice by themselves and are told; the rest is counted. */
const toldEvents = 2;

export function stepperView({ title, choices, result, busy, kept }: GameState, locale: Locale): StepperView {
  const trace = result?.trace ?? [];
  const problem = result?.error?.message[locale];
  return {
    test: title[locale],
    busy,
    steps: choices.map((choice, place) => stepView(choice, choices[place + 1]?.from, trace, locale)),
    now: formatInstant(trace.at(-1)?.at ?? 0, locale),
    options: (result?.options ?? []).map((option) => ({
      what: option.what,
      text: tellStep(option, locale),
      detail: detailOf(option)[locale],
      natural: option.natural,
    })),
    ...(result?.verdict === undefined
      ? {}
      : { ended: endView(result.verdict, choices, kept, result.schedule, locale) }),
    ...(problem === undefined ? {} : { problem }),
    strings: strings[locale],
  };
}

function stepView(
  { option, from }: Choice,
  until: number | undefined,
  trace: readonly TraceEvent[],
  locale: Locale,
): StepperStep {
  // The first event is what was chosen itself; what the code did at once is told where it started or ended something.
  const came = trace.filter(({ seq }) => seq > from && (until === undefined || seq < until));
  const told = came.slice(0, toldEvents).map((event) => tellEvent(event, locale));
  const more = came.length - told.length;
  const rest = more === 0 ? [] : [locale === "en" ? `${String(more)} more` : `另有 ${String(more)} 个事件`];
  return { text: tellStep(option, locale), then: [...told, ...rest].join(locale === "en" ? "; " : "；") };
}

function detailOf({ at, line }: StepOption): Words {
  const [en, zh] = [`at ${formatInstant(at, "en")}`, `第 ${formatInstant(at, "zh-cn")}`];
  if (line === undefined) return { en, "zh-cn": zh };
  return { en: `${en} · line ${String(line)}`, "zh-cn": `${zh} · 第 ${String(line)} 行` };
}

function endView(
  { failure }: TestVerdict,
  choices: readonly Choice[],
  kept: boolean,
  schedule: string,
  locale: Locale,
): StepperEnd {
  const name = nameOfSteps(
    choices.map(({ option }) => option),
    locale,
  );
  const common = { schedule, name, kept };
  if (failure === undefined) return { ...common, passed: true, headline: held[locale], message: "" };
  const title = diagnoses[failure.diagnosis].title[locale];
  const headline = locale === "en" ? `You broke it: ${title}` : `你把它弄坏了：${title}`;
  return { ...common, passed: false, headline, message: failure.message[locale] };
}

const held: Words = { en: "It held in this order.", "zh-cn": "在这个顺序下，它站住了。" };

const strings: Readonly<Record<Locale, StepperStrings>> = {
  en: {
    title: "Beat the scheduler",
    help: "You are the outside world. Choose what happens next, and find an order in which the code breaks. Keys 1 to 9 choose, Backspace undoes.",
    next: "What happens next?",
    natural: "natural",
    chosen: "What you chose, up to {0}",
    nothingChosen: "Nothing yet: the code has been called and waits.",
    undo: "Undo",
    restart: "Start over",
    stop: "Stop",
    keep: "Keep as my test",
    keepName: "Name of the test",
    kept: "Kept: it is graded with the rest from now on.",
    busy: "Playing…",
    schedule: "Schedule",
  },
  "zh-cn": {
    title: "挑战调度器",
    help: "现在由你来当外部世界：选择接下来发生什么，找出让代码出错的顺序。数字键 1 到 9 选择，退格键撤销。",
    next: "接下来发生什么？",
    natural: "自然顺序",
    chosen: "到 {0} 为止你的选择",
    nothingChosen: "还没有选择：代码已被调用，正在等待。",
    undo: "撤销",
    restart: "重新开始",
    stop: "结束",
    keep: "留作我的测试",
    keepName: "测试的名字",
    kept: "已保留：从现在起会和其他测试一起评判。",
    busy: "正在运行…",
    schedule: "调度串",
  },
};
