/** Makes the timeline's view model from the run that is on show. Pure. */
import type { RunOrigin, ShownRun } from "../../protocol/shownRun.ts";
import type { EditorView, TimelineRunView, TimelineState, ToldTrace } from "../../protocol/timelineMessages.ts";
import type { Trace } from "../../protocol/trace.ts";
import type { Locale, Words } from "../../protocol/words.ts";
import { diagnoses } from "../verdict/diagnoses.ts";
import { tellEvent } from "../verdict/lessonStory.ts";
import { timelineStrings } from "./timelineStrings.ts";

export interface TimelineInputs {
  readonly locale: Locale;
  readonly run: ShownRun | undefined;
  /** Title of the lesson of `run`. */
  readonly lesson: Words | undefined;
  /** `seq` of the current event. */
  readonly moment: number | undefined;
  readonly editor: EditorView;
  /** The last verdict was a pass: then there is no failing order to wait for. */
  readonly passed: boolean;
}

const origins: Readonly<Record<RunOrigin, Words>> = {
  failure: { en: "Failing order", "zh-cn": "出错的顺序" },
  replay: { en: "Replayed", "zh-cn": "重放" },
  steps: { en: "Chosen by you", "zh-cn": "由你决定的顺序" },
  debug: { en: "Debugged", "zh-cn": "调试" },
};

const nothingYet: Words = {
  en: "Save your exercise: the order that breaks it appears here, event by event. Or choose a test whose order you want to see.",
  "zh-cn": "保存练习，让它出错的那种顺序就会逐个事件地显示在这里。也可以直接选一个测试来看。",
};
const allHold: Words = {
  en: "Every test holds in every order that was run, so there is no failing one to show. Choose a test to see how it goes.",
  "zh-cn": "所有测试在跑过的每种顺序下都通过了，没有出错的顺序可看。可以选一个测试，看看它的过程。",
};

export function timelineState(inputs: TimelineInputs): TimelineState {
  const { locale, run, moment, editor } = inputs;
  return {
    locale,
    strings: timelineStrings[locale],
    empty: (inputs.passed ? allHold : nothingYet)[locale],
    moment: moment ?? null,
    editor,
    ...(run === undefined ? {} : { run: runView(run, inputs.lesson, locale) }),
  };
}

function runView(run: ShownRun, lesson: Words | undefined, locale: Locale): TimelineRunView {
  const { failure, natural, origin } = run;
  return {
    ...toldTrace(run.trace, locale),
    // While it grows its schedule does too, and yet it is the same run.
    key: [run.lesson, run.test, origin, ...(run.live || origin === "steps" ? [] : [run.schedule])].join("/"),
    lesson: lesson?.[locale] ?? run.lesson,
    test: run.title[locale],
    origin: origins[origin][locale],
    schedule: run.schedule,
    live: run.live,
    ...(failure === undefined
      ? {}
      : { failure: { title: diagnoses[failure.diagnosis].title[locale], message: failure.message[locale] } }),
    ...(natural === undefined ? {} : { natural: toldTrace(natural, locale) }),
  };
}

function toldTrace(events: Trace, locale: Locale): ToldTrace {
  return { events, texts: events.map((event) => tellEvent(event, locale)) };
}
