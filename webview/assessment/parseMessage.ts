/** Checks what the host sends to the page against src/protocol/assessmentMessages.ts. Runs in the rehearsal's page. */
import type * as Assessment from "../../src/protocol/assessmentMessages.ts";
import type { Locale } from "../../src/protocol/words.ts";
import * as is from "../common/guards.ts";

/** What the host says of its own accord; answers to intents are the messenger's. */
export type AssessmentMessage = Exclude<Assessment.ToAssessmentMessage, { readonly type: "answer" }>;

/** The message, or undefined where it is none of the page's. */
export function parseToAssessment(data: unknown): AssessmentMessage | undefined {
  if (!is.isObject(data)) return undefined;
  const { type, state, remainingMs, running, item } = data;
  if (type === "state" && isState(state)) return { type, state };
  if (type === "clock" && is.isNumber(remainingMs) && is.isBoolean(running)) return { type, remainingMs, running };
  return type === "written" && is.isString(item) ? { type, item } : undefined;
}

const isChoice = is.record<Assessment.StartChoice>({ id: is.isString, title: is.isString, summary: is.isString });
const isEarlier = is.record<Assessment.EarlierView>({
  rehearsal: is.isString,
  title: is.isString,
  detail: is.isString,
});

const isStart = is.record<Assessment.StartView>({
  profiles: is.listOf(isChoice),
  lengths: is.listOf(isChoice),
  profile: is.isString,
  length: is.isString,
  unfinished: is.listOf(isEarlier),
  earlier: is.listOf(isEarlier),
});

const isOption = is.record<Assessment.AskedOption>({
  id: is.isString,
  letter: is.isString,
  text: is.isString,
  output: is.isBoolean,
});

const isItem = is.record<Assessment.ItemView>({
  id: is.isString,
  heading: is.isString,
  kind: is.isString,
  time: is.isString,
  skipped: is.isBoolean,
  flagged: is.isBoolean,
  question: is.optional(
    is.record<Assessment.AskedView>({
      prompt: is.isString,
      html: is.optional(is.isString),
      options: is.listOf(isOption),
      choice: is.optional(is.isString),
    }),
  ),
  task: is.optional(
    is.record<Assessment.TaskView>({
      title: is.isString,
      file: is.isString,
      html: is.isString,
      written: is.isBoolean,
      explanation: is.isString,
    }),
  ),
});

const isSitting = is.record<Assessment.SittingView>({
  rehearsal: is.isString,
  title: is.isString,
  note: is.optional(is.isString),
  items: is.listOf(isItem),
  current: is.isString,
  remainingMs: is.isNumber,
  running: is.isBoolean,
  elsewhere: is.isBoolean,
});

const isAfter = is.record<Assessment.AfterView>({
  rehearsal: is.isString,
  title: is.isString,
  facts: is.listOf(is.isString),
  grading: is.optional(is.record<NonNullable<Assessment.AfterView["grading"]>>({ done: is.isCount, of: is.isCount })),
  tasks: is.listOf(
    is.record<Assessment.ComparedView>({
      item: is.isString,
      title: is.isString,
      explanation: is.isString,
      html: is.isString,
      checklist: is.listOf(is.isString),
      checked: is.listOf(is.isCount),
      rating: is.optional(is.isCount),
    }),
  ),
});

const isStrings = is.record<Assessment.AssessmentStrings>({
  title: is.isString,
  intro: is.isString,
  rules: is.listOf(is.isString),
  profile: is.isString,
  length: is.isString,
  seed: is.isString,
  seedHint: is.isString,
  seedWrong: is.isString,
  begin: is.isString,
  beginning: is.isString,
  unfinished: is.isString,
  goOn: is.isString,
  earlier: is.isString,
  openReport: is.isString,
  remaining: is.isString,
  minutesLeft: is.isString,
  lastMinute: is.isString,
  paused: is.isString,
  pausedNote: is.isString,
  elsewhere: is.isString,
  goOnHere: is.isString,
  pause: is.isString,
  resume: is.isString,
  items: is.isString,
  stateOpen: is.isString,
  stateAnswered: is.isString,
  stateSkipped: is.isString,
  stateFlagged: is.isString,
  back: is.isString,
  next: is.isString,
  skip: is.isString,
  flag: is.isString,
  unflag: is.isString,
  keys: is.isString,
  openTask: is.isString,
  taskNote: is.isString,
  contract: is.isString,
  explain: is.isString,
  explainHint: is.isString,
  handIn: is.isString,
  unanswered: is.isString,
  unansweredOne: is.isString,
  allAnswered: is.isString,
  handInAnyway: is.isString,
  keepGoing: is.isString,
  over: is.isString,
  compare: is.isString,
  yourWords: is.isString,
  nothingWritten: is.isString,
  modelAnswer: is.isString,
  checklist: is.isString,
  rating: is.isString,
  ratings: is.listOf(is.isString),
  grading: is.isString,
  stopGrading: is.isString,
  showReport: is.isString,
  newRehearsal: is.isString,
  switchLanguage: is.isString,
  problem: is.isString,
});

const isState = is.record<Assessment.AssessmentState>({
  locale: is.nameOf<Locale>({ en: true, "zh-cn": true }),
  strings: isStrings,
  start: is.optional(isStart),
  sitting: is.optional(isSitting),
  after: is.optional(isAfter),
});
