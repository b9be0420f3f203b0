/** Checks what the host sends to the lesson panel against src/protocol/lessonPanelMessages.ts. Runs in the panel's page. */
import type * as Author from "../../src/protocol/authorView.ts";
import { isDiagnosis } from "../../src/protocol/diagnosis.ts";
import type * as Panel from "../../src/protocol/lessonPanelMessages.ts";
import type { LessonPanelStrings } from "../../src/protocol/lessonPanelStrings.ts";
import type { SourcePosition } from "../../src/protocol/verdict.ts";
import type { Locale } from "../../src/protocol/words.ts";
import * as is from "../common/guards.ts";
import type { Guard } from "../common/guards.ts";
import { isStepperView } from "../common/parseStepper.ts";
import { isEvent } from "../common/traceGuards.ts";

/** What the host says of its own accord; answers to intents are the messenger's. */
export type PanelMessage = Exclude<Panel.ToLessonPanelMessage, { readonly type: "answer" }>;

/** The message, or undefined where it is none of the panel's. */
export function parseToLessonPanel(data: unknown): PanelMessage | undefined {
  if (!is.isObject(data)) return undefined;
  const { type, state, text, part, moment, view, drawings } = data;
  if (type === "state") return isState(state) ? { type, state } : undefined;
  if (type === "drawings") return areDrawings(drawings) ? { type, drawings } : undefined;
  if (type === "announce") return is.isString(text) ? { type, text } : undefined;
  if (type === "reveal") return isPart(part) ? { type, part } : undefined;
  if (type === "moment") {
    if (moment === undefined) return { type };
    return isMoment(moment) ? { type, moment } : undefined;
  }
  if (type === "stepper") {
    if (view === undefined) return { type };
    return isStepperView(view) ? { type, view } : undefined;
  }
  return undefined;
}

/** What an earlier page kept, where this version understands it. */
export function parseMemory(data: unknown): Panel.PanelMemory | undefined {
  return isMemory(data) ? data : undefined;
}

const areDrawings = is.listOf(is.record<Panel.KeptDrawing>({ file: is.isString, look: is.isString, svg: is.isString }));
const isPart = is.nameOf<Panel.PanelPart>({ top: true, result: true, hints: true, steps: true });
const isLocale = is.nameOf<Locale>({ en: true, "zh-cn": true });
const isProgress = is.nameOf<Panel.LessonProgress>({ "not-started": true, "in-progress": true, passed: true });
const isTab = is.nameOf<"go" | "ts">({ go: true, ts: true });
const memory = {
  lesson: is.isString,
  folder: is.optional(is.isString),
  scrollTop: is.isNumber,
  anchor: is.optional(is.record<NonNullable<Panel.PanelMemory["anchor"]>>({ line: is.isNumber, offset: is.isNumber })),
  open: is.optional(is.mapOf(is.isBoolean)),
};
const isMemory: Guard<Panel.PanelMemory> = is.record<Panel.PanelMemory>({
  ...memory,
  tab: is.optional(isTab),
  others: is.optional(is.listOf(is.record<Omit<Panel.PanelMemory, "others" | "tab">>(memory))),
});

const isSource = is.record<SourcePosition>({ line: is.isCount, column: is.isCount });

const link = { lesson: is.isString, title: is.isString, passed: is.isBoolean };
const isLink = is.record<Panel.LessonLink>(link);
const isNextLink = is.record<Panel.NextLink>({ ...link, why: is.isString });

const isPartLight = is.record<Panel.PartLight>({
  element: is.isString,
  light: is.nameOf<Panel.Light>({ active: true, stopped: true, broken: true }),
  count: is.isCount,
  current: is.isBoolean,
});

const lightFields = { file: is.isString, parts: is.listOf(isPartLight) };

const isMoment = is.record<Panel.MomentView>({
  title: is.isString,
  whole: is.isBoolean,
  event: is.optional(is.isString),
  diagrams: is.listOf(
    is.record<Panel.DiagramMomentView>({
      ...lightFields,
      previous: is.optional(is.isCount),
      next: is.optional(is.isCount),
      position: is.isString,
    }),
  ),
});

const isDiagram = is.record<Panel.DiagramView>({
  file: is.isString,
  title: is.isString,
  description: is.isString,
  source: is.isString,
  bound: is.isBoolean,
});

const isLesson = is.record<Panel.LessonView>({
  id: is.isString,
  title: is.isString,
  summary: is.isString,
  track: is.isString,
  level: is.isString,
  minutes: is.isString,
  prerequisites: is.listOf(isLink),
  html: is.isString,
  diagrams: is.listOf(isDiagram),
});

const isStoryLine = is.record<Panel.StoryLine>({
  at: is.isString,
  text: is.isString,
  line: is.optional(is.isCount),
  event: isEvent,
});

const isFailure = is.record<Panel.FailureView>({
  diagnosis: (value): value is Panel.FailureView["diagnosis"] => is.isString(value) && isDiagnosis(value),
  diagnosisTitle: is.isString,
  explanation: is.isString,
  message: is.isString,
  schedule: is.isString,
  at: is.isString,
  source: is.optional(isSource),
  place: is.optional(is.isString),
  expected: is.optional(is.isString),
  actual: is.optional(is.isString),
  story: is.listOf(isStoryLine),
  storyOmitted: is.isCount,
  lights: is.listOf(is.record<Panel.DiagramLights>(lightFields)),
});

const isTest = is.record<Panel.TestView>({
  name: is.isString,
  title: is.isString,
  passed: is.isBoolean,
  orders: is.isString,
  failure: is.optional(isFailure),
  output: is.listOf(is.isString),
});

type Of<K extends Panel.ResultView["kind"]> = Extract<Panel.ResultView, { readonly kind: K }>;

const isNone = is.record<Of<"none">>({ kind: is.literal("none") });

const isRunning = is.record<Of<"running">>({
  kind: is.literal("running"),
  headline: is.isString,
  progress: is.optional(is.record<NonNullable<Of<"running">["progress"]>>({ done: is.isCount, total: is.isCount })),
});

const isGraded = is.record<Panel.GradedView>({
  kind: is.literal("graded"),
  passed: is.isBoolean,
  headline: is.isString,
  duration: is.isString,
  stale: is.isBoolean,
  error: is.optional(
    is.record<Panel.GradeErrorView>({
      message: is.isString,
      source: is.optional(isSource),
      place: is.optional(is.isString),
      stuck: is.isBoolean,
    }),
  ),
  tests: is.listOf(isTest),
});

const isHints = is.record<Panel.HintsView>({
  shown: is.listOf(is.record<Panel.HintsView["shown"][number]>({ title: is.isString, html: is.isString })),
  total: is.isCount,
});

const isStrings = is.record<LessonPanelStrings>({
  run: is.isString,
  runAgain: is.isString,
  stop: is.isString,
  running: is.isString,
  openExercise: is.isString,
  showSolution: is.isString,
  resetExercise: is.isString,
  restoreExercise: is.isString,
  checkYourself: is.isString,
  openInPlayground: is.isString,
  nextLesson: is.isString,
  prerequisites: is.isString,
  result: is.isString,
  notGradedYet: is.isString,
  stale: is.isString,
  passed: is.isString,
  failed: is.isString,
  tests: is.isString,
  expected: is.isString,
  actual: is.isString,
  console: is.isString,
  schedule: is.isString,
  scheduleHelp: is.isString,
  copySchedule: is.isString,
  replayFailure: is.isString,
  showFailure: is.isString,
  debugFailure: is.isString,
  debugLoop: is.isString,
  story: is.isString,
  storyOmitted: is.isString,
  storyMore: is.isString,
  storyTime: is.isString,
  storyEvent: is.isString,
  storyLine: is.isString,
  hints: is.isString,
  showHint: is.isString,
  allHintsShown: is.isString,
  goToLine: is.isString,
  line: is.isString,
  codeTabs: is.isString,
  copyCode: is.isString,
  copied: is.isString,
  diagramDescription: is.isString,
  diagramFailed: is.isString,
  zoomIn: is.isString,
  zoomOut: is.isString,
  zoomFit: is.isString,
  diagramKeys: is.isString,
  diagramLit: is.isString,
  stepThrough: is.isString,
  lightNaturally: is.isString,
  previousEvent: is.isString,
  nextEvent: is.isString,
  wholeRun: is.isString,
  takenCounts: is.isString,
  takenOnce: is.isString,
  takenTimes: is.isString,
  takenNow: is.isString,
  beatScheduler: is.isString,
  backToText: is.isString,
  close: is.isString,
  switchLanguage: is.isString,
  problem: is.isString,
});

const isChanges = is.record<Panel.ChangesView>({
  headline: is.isString,
  changes: is.listOf(is.record<Panel.ChangesView["changes"][number]>({ version: is.isString, text: is.isString })),
});

const placedFields = { file: is.isString, line: is.isCount, place: is.isString, text: is.isString };

const isAuthor = is.record<Author.AuthorView>({
  folder: is.isString,
  standing: is.nameOf<Author.AuthorView["standing"]>({ none: true, running: true, passed: true, failed: true }),
  headline: is.isString,
  progress: is.optional(is.record<NonNullable<Author.AuthorView["progress"]>>({ done: is.isCount, total: is.isCount })),
  outcomes: is.listOf(
    is.record<Author.AuthorOutcomeView>({
      state: is.nameOf<Author.AuthorOutcomeView["state"]>({ good: true, bad: true, unknown: true }),
      ...placedFields,
    }),
  ),
  findings: is.listOf(is.record<Author.AuthorFindingView>(placedFields)),
  words: is.record<Author.AuthorWords>({
    preview: is.isString,
    outcomes: is.isString,
    findings: is.isString,
    run: is.isString,
    stop: is.isString,
    details: is.isString,
  }),
});

const isState = is.record<Panel.LessonPanelState>({
  locale: isLocale,
  strings: isStrings,
  lesson: isLesson,
  progress: is.record<Panel.LessonProgressView>({ status: isProgress, text: is.isString }),
  result: is.anyOf(isNone, is.anyOf(isRunning, isGraded)),
  hints: isHints,
  exercise: is.record<Panel.ExerciseView>({ name: is.isString, canRestore: is.isBoolean, canPlay: is.isBoolean }),
  next: is.optional(isNextLink),
  changes: is.optional(isChanges),
  author: is.optional(isAuthor),
});
