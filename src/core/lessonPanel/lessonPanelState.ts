/** Makes the lesson panel's view model from a lesson, the learner's progress and the latest verdict. Pure. */
import type {
  ChangesView,
  DiagramView,
  FailureView,
  GradedView,
  LessonLink,
  LessonPanelState,
  ResultView,
  TestView,
} from "../../protocol/lessonPanelMessages.ts";
import type { Failure, TestVerdict, Verdict } from "../../protocol/verdict.ts";
import type { Locale, Words } from "../../protocol/words.ts";
import { trackOf } from "../lesson/catalog.ts";
import { diagnoses } from "../verdict/diagnoses.ts";
import { lightsOfRun } from "./diagramLights.ts";
import { isStuck } from "../verdict/isStuck.ts";
import type { NextLesson } from "../lesson/learnersPath.ts";
import type { Lesson } from "../lesson/lessonFiles.ts";
import { createLessonRenderer } from "../lesson/lessonHtml.ts";
import { lessonPanelStrings } from "./lessonPanelStrings.ts";
import type { Catalog, DiagramMeta, LessonLevel } from "../lesson/lessonSchema.ts";
import { formatInstant, tellEvent } from "../verdict/lessonStory.ts";
import { parseLessonText } from "../lesson/lessonText.ts";
import { describeOrders, describeVerdict, formatDuration } from "../verdict/lessonVerdictText.ts";
import type { LessonChanges } from "../packs/packChanges.ts";
import type { Progress } from "../progress/progress.ts";

/** What is known about grading the exercise. */
export type GradingState =
  | { readonly kind: "none" }
  | { readonly kind: "running"; readonly done: number; readonly total: number | undefined }
  | { readonly kind: "graded"; readonly verdict: Verdict; readonly stale: boolean };

/** A lesson's prose and hints as HTML: made once for each lesson and language. */
export interface RenderedLesson {
  readonly html: string;
  readonly hints: LessonPanelState["hints"]["shown"];
}

export interface PanelInputs {
  readonly locale: Locale;
  readonly catalog: Catalog;
  readonly lesson: Lesson;
  /** `renderLesson` of this lesson and locale. */
  readonly rendered: RenderedLesson;
  /** Title of a lesson by id; undefined for one that does not exist. */
  readonly titleOf: (lesson: string) => Words | undefined;
  readonly progress: Progress;
  readonly grading: GradingState;
  readonly canRestore: boolean;
  readonly canPlay: boolean;
  /** The lesson to go on with. */
  readonly next: NextLesson | undefined;
  /** Since the learner passed it. */
  readonly changes?: LessonChanges | undefined;
}

/** More of a trace than this is not read by anybody. */
const storyLimit = 200;
export const exerciseName = "exercise.ts";

/** In UTF-16 code units: ten times the longest text of our lessons and more. Rendering a few megabytes takes seconds. */
export const longestProse = 200_000;

/** In UTF-16 code units; the page draws none that is a tenth as long, and says so. */
const longestSource = 100_000;

const proseTooLong: Words = {
  en: "This lesson's text is too long to be shown here.",
  "zh-cn": "这一课的正文太长，无法在此显示。",
};

/** A text that is too long is replaced by a sentence that says so. */
export function renderLesson(lesson: Lesson, locale: Locale): RenderedLesson {
  if (lesson.text[locale].length > longestProse) return { html: `<p>${proseTooLong[locale]}</p>`, hints: [] };
  const text = parseLessonText(lesson.text[locale]);
  const renderer = createLessonRenderer({ original: lesson.original });
  return {
    html: renderer.render(text.body),
    hints: text.hints.map((hint) => ({ title: hint.title, html: renderer.render(hint.blocks) })),
  };
}

export function panelState(inputs: PanelInputs): LessonPanelState {
  const { locale, lesson, catalog, progress } = inputs;
  const { meta } = lesson;
  const state = progress.lesson(meta.id);
  const link = (id: string): readonly LessonLink[] => {
    const title = inputs.titleOf(id);
    return title === undefined
      ? []
      : [{ lesson: id, title: title[locale], passed: progress.lesson(id).status === "passed" }];
  };
  const { next } = inputs;
  const [onwards] = next === undefined ? [] : link(next.lesson).map((each) => ({ ...each, why: next.why[locale] }));
  return {
    locale,
    strings: lessonPanelStrings[locale],
    lesson: {
      id: meta.id,
      title: meta.title[locale],
      summary: meta.summary[locale],
      track: trackOf(catalog, meta.id)?.title[locale] ?? meta.track,
      level: levelName(meta.level)[locale],
      minutes: minutesText(meta.minutes)[locale],
      prerequisites: meta.prerequisites.flatMap(link),
      html: inputs.rendered.html,
      diagrams: meta.diagrams.map((diagram) => diagramView(diagram, lesson, locale)),
    },
    progress: { status: state.status, text: statusName(state.status)[locale] },
    result: resultView(inputs.grading, meta.diagrams, locale),
    hints: { shown: inputs.rendered.hints.slice(0, state.hintsShown), total: inputs.rendered.hints.length },
    exercise: { name: exerciseName, canRestore: inputs.canRestore, canPlay: inputs.canPlay },
    ...(onwards === undefined ? {} : { next: onwards }),
    ...(inputs.changes === undefined ? {} : { changes: changesView(inputs.changes, locale) }),
  };
}

function changesView({ passed, now, changes }: LessonChanges, locale: Locale): ChangesView {
  return {
    headline:
      locale === "en"
        ? `Changed since you passed it (version ${passed}, now ${now})`
        : `你通过之后，这一课有改动（当时是 ${passed} 版，现在是 ${now} 版）`,
    changes: changes.map(({ version, text }) => ({ version, text: text[locale] })),
  };
}

export function levelName(level: LessonLevel): Words {
  switch (level) {
    case "introductory":
      return { en: "Introductory", "zh-cn": "入门" };
    case "intermediate":
      return { en: "Intermediate", "zh-cn": "进阶" };
    case "advanced":
      return { en: "Advanced", "zh-cn": "高阶" };
  }
}

export function minutesText(minutes: number): Words {
  return { en: `${String(minutes)} min`, "zh-cn": `${String(minutes)} 分钟` };
}

export function statusName(status: "not-started" | "in-progress" | "passed"): Words {
  switch (status) {
    case "not-started":
      return { en: "Not started", "zh-cn": "未开始" };
    case "in-progress":
      return { en: "In progress", "zh-cn": "进行中" };
    case "passed":
      return { en: "Passed", "zh-cn": "已通过" };
  }
}

function diagramView(meta: DiagramMeta, lesson: Lesson, locale: Locale): DiagramView {
  return {
    file: meta.file,
    title: meta.title[locale],
    description: meta.description[locale],
    source: (lesson.diagrams.find((each) => each.file === meta.file)?.source ?? "").slice(0, longestSource),
    bound: meta.bindings.length > 0,
  };
}

function resultView(grading: GradingState, diagrams: readonly DiagramMeta[], locale: Locale): ResultView {
  switch (grading.kind) {
    case "none":
      return grading;
    case "running": {
      const { done, total } = grading;
      if (total === undefined) return { kind: "running", headline: lessonPanelStrings[locale].running };
      const now = String(Math.min(done + 1, total));
      const headline =
        locale === "en"
          ? `Running: test ${now} of ${String(total)}`
          : `正在运行：第 ${now} 个测试，共 ${String(total)} 个`;
      return { kind: "running", headline, progress: { done, total } };
    }
    case "graded":
      return gradedView(grading, diagrams, locale);
  }
}

type Graded = Extract<GradingState, { readonly kind: "graded" }>;

function gradedView({ verdict, stale }: Graded, diagrams: readonly DiagramMeta[], locale: Locale): GradedView {
  const tests = verdict.tests.map((test) => testView(test, diagrams, locale));
  const { error } = verdict;
  return {
    kind: "graded",
    passed: verdict.passed,
    headline: describeVerdict(verdict, locale),
    duration: formatDuration(verdict.durationMs, locale),
    stale,
    tests: [...tests.filter((test) => !test.passed), ...tests.filter((test) => test.passed)],
    ...(error === undefined
      ? {}
      : {
          error: {
            message: error.message[locale],
            stuck: isStuck(verdict),
            ...(error.source === undefined
              ? {}
              : { source: error.source, place: placeText(error.source.line)[locale] }),
          },
        }),
  };
}

function testView(test: TestVerdict, diagrams: readonly DiagramMeta[], locale: Locale): TestView {
  return {
    name: test.name,
    title: test.title[locale],
    passed: test.status === "passed",
    orders: describeOrders(test.schedules, locale),
    output: test.output,
    ...(test.failure === undefined ? {} : { failure: failureView(test.failure, diagrams, locale) }),
  };
}

function failureView(failure: Failure, diagrams: readonly DiagramMeta[], locale: Locale): FailureView {
  const { title, explanation } = diagnoses[failure.diagnosis];
  const at = formatInstant(failure.at, locale);
  return {
    diagnosis: failure.diagnosis,
    diagnosisTitle: title[locale],
    explanation: explanation[locale],
    message: failure.message[locale],
    schedule: failure.schedule,
    at: locale === "en" ? `at ${at}` : `第 ${at}`,
    ...(failure.source === undefined ? {} : { source: failure.source, place: placeText(failure.source.line)[locale] }),
    ...(failure.expected === undefined ? {} : { expected: failure.expected }),
    ...(failure.actual === undefined ? {} : { actual: failure.actual }),
    story: failure.trace.slice(0, storyLimit).map((event) => ({
      at: formatInstant(event.at, locale),
      text: tellEvent(event, locale),
      ...(event.line === undefined ? {} : { line: event.line }),
      event,
    })),
    storyOmitted: Math.max(0, failure.trace.length - storyLimit),
    lights: lightsOfRun(diagrams, failure.trace),
  };
}

function placeText(line: number): Words {
  return { en: `${exerciseName}, line ${String(line)}`, "zh-cn": `${exerciseName}，第 ${String(line)} 行` };
}
