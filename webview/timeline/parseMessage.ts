/** Checks what the host sends to the timeline against src/protocol/timelineMessages.ts. Runs in the timeline's page. */
import * as Timeline from "../../src/protocol/timelineMessages.ts";
import type { Locale } from "../../src/protocol/words.ts";
import * as is from "../common/guards.ts";
import { isEvent } from "../common/traceGuards.ts";

/** What the host says of its own accord; answers to intents are the messenger's. */
export type TimelineMessage = Exclude<Timeline.ToTimelineMessage, { readonly type: "answer" }>;

/** The message, or undefined where it is none of the timeline's. */
export function parseToTimeline(data: unknown): TimelineMessage | undefined {
  if (!is.isObject(data)) return undefined;
  const { type, state, moment, text } = data;
  if (type === "state") return isState(state) ? { type, state } : undefined;
  if (type === "moved") return isMoment(moment) ? { type, moment } : undefined;
  if (type === "editor") return isEditor(data) ? { type, lines: data.lines, stale: data.stale } : undefined;
  if (type === "announce") return is.isString(text) ? { type, text } : undefined;
  return undefined;
}

/** What an earlier page kept, where this version understands it. */
export function parseMemory(data: unknown): Timeline.TimelineMemory | undefined {
  return isMemory(data) ? data : undefined;
}

const isMemory = is.record<Timeline.TimelineMemory>({
  scale: is.literal("time", "order"),
  table: is.isBoolean,
  compare: is.isBoolean,
  key: is.isString,
  zoom: is.isNumber,
  left: is.isNumber,
});

const isNull = (value: unknown): value is null => value === null;
const isMoment = is.anyOf(is.isCount, isNull);

const isEditor = is.record<Timeline.EditorView>({ lines: is.listOf(is.isCount), stale: is.isBoolean });

const isEvents = is.listOf(isEvent, Timeline.longestTrace);
const isTexts = is.listOf(is.isString, Timeline.longestTrace);

const isTold = is.record<Timeline.ToldTrace>({ events: isEvents, texts: isTexts });

const isRun = is.record<Timeline.TimelineRunView>({
  events: isEvents,
  texts: isTexts,
  key: is.isString,
  lesson: is.isString,
  test: is.isString,
  origin: is.isString,
  schedule: is.isString,
  failure: is.optional(
    is.record<NonNullable<Timeline.TimelineRunView["failure"]>>({ title: is.isString, message: is.isString }),
  ),
  natural: is.optional(isTold),
  live: is.isBoolean,
});

export const isStrings = is.record<Timeline.TimelineStrings>({
  title: is.isString,
  problem: is.isString,
  close: is.isString,
  openLesson: is.isString,
  chooseRun: is.isString,
  stale: is.isString,
  live: is.isString,
  schedule: is.isString,
  copySchedule: is.isString,
  steps: is.isString,
  view: is.isString,
  filter: is.isString,
  first: is.isString,
  back: is.isString,
  play: is.isString,
  pause: is.isString,
  forward: is.isString,
  last: is.isString,
  position: is.isString,
  wholeRun: is.isString,
  zoomIn: is.isString,
  zoomOut: is.isString,
  zoomFit: is.isString,
  scaleTime: is.isString,
  scaleOrder: is.isString,
  scale: is.isString,
  asTable: is.isString,
  compare: is.isString,
  filterAll: is.isString,
  filterCauses: is.isString,
  filterEffects: is.isString,
  filtered: is.isString,
  pickFirst: is.isString,
  exports: is.isString,
  exportSvg: is.isString,
  exportPng: is.isString,
  goToLine: is.isString,
  naturalOrder: is.isString,
  difference: is.isString,
  nothingMore: is.isString,
  sameAsNatural: is.isString,
  isNatural: is.isString,
  showDifference: is.isString,
  markDifference: is.isString,
  markFinding: is.isString,
  markCancel: is.isString,
  markDeadline: is.isString,
  markConsole: is.isString,
  gap: is.isString,
  ms: is.isString,
  shortLine: is.isString,
  chartHelp: is.isString,
  chartLabel: is.isString,
  causedBy: is.isString,
  underWay: is.isString,
  legend: is.isString,
  running: is.isString,
  completed: is.isString,
  failed: is.isString,
  aborted: is.isString,
  cleared: is.isString,
  leaked: is.isString,
  columnTime: is.isString,
  columnLane: is.isString,
  columnEvent: is.isString,
  columnCause: is.isString,
  columnLine: is.isString,
  rowsLeftOut: is.isString,
});

const isState = is.record<Timeline.TimelineState>({
  locale: is.nameOf<Locale>({ en: true, "zh-cn": true }),
  strings: isStrings,
  run: is.optional(isRun),
  empty: is.isString,
  moment: isMoment,
  editor: isEditor,
});
