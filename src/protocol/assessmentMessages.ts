/**
 * What the extension host and the page of a rehearsal say to each other: one interface a direction, as for the lesson panel
 * (lessonPanelMessages.ts). The page draws what the learner does at once and tells the host, which records it.
 */
import type { Locale } from "./words.ts";

// ---------------------------------------------------------------------------------------------------------------
// Host → page

export interface ToAssessment {
  /** Sent after `ready`, and whenever something else is to be seen than the page knows by itself. */
  state: { readonly state: AssessmentState };
  /** How much time is left now, and whether it runs; from there on the page counts by itself. */
  clock: { readonly remainingMs: number; readonly running: boolean };
  /** Something was written in the file of this coding task. */
  written: { readonly item: string };
  /** The one reply to an intent. A failure carries a sentence to show; nothing else happened. */
  answer: { readonly id: number } & ({ readonly ok: true } | { readonly ok: false; readonly problem: string });
}

// ---------------------------------------------------------------------------------------------------------------
// Page → host

export interface AssessmentIntents {
  /** The page listens: send `state`. Also after it was hidden and made anew. */
  ready: object;
  /** This is what would begin: whatever can be got ready for it now need not be waited for then. */
  consider: { readonly profile: string; readonly minutes: number; readonly seed?: number };
  /** Begin a rehearsal. Without a seed one is drawn. */
  start: { readonly profile: string; readonly minutes: number; readonly seed?: number };
  /** Go on with a rehearsal that is not finished, also where another window sits it. */
  goOn: { readonly rehearsal: string };
  openReport: { readonly rehearsal: string };
  /** To the form with which a rehearsal begins. */
  toStart: object;
  /** This item is on the screen. */
  show: { readonly item: string };
  choose: { readonly item: string; readonly choice: string };
  skip: { readonly item: string };
  flag: { readonly item: string; readonly flagged: boolean };
  /** The text of "explain it back" as it is now. */
  explain: { readonly item: string; readonly text: string };
  /** Open the file of a coding task. */
  openTask: { readonly item: string };
  pause: object;
  resume: object;
  handIn: object;
  /** Points of the checklist, by their place from 0. */
  tick: { readonly item: string; readonly checked: readonly number[] };
  /** 1 to 5. */
  rate: { readonly item: string; readonly rating: number };
  stopGrading: object;
  setLanguage: { readonly language: Locale };
  /** Something went wrong in the page: for the log. */
  reportProblem: { readonly problem: string };
}

type Tagged<T> = { [K in keyof T]: { readonly type: K } & T[K] }[keyof T];

export type ToAssessmentMessage = Tagged<ToAssessment>;
export type AssessmentIntent = Tagged<AssessmentIntents>;
/** An intent as posted; `id` is the page's own number, from 1, given back in the `answer`. */
export type FromAssessmentMessage = AssessmentIntent & { readonly id: number };

// ---------------------------------------------------------------------------------------------------------------
// What the page keeps for itself

/** The argument of `setState`: which rehearsal to go on with after a reload; "" for none. */
export interface AssessmentMemory {
  readonly rehearsal: string;
}

// ---------------------------------------------------------------------------------------------------------------
// The view model

export interface AssessmentState {
  /** Language of every text in this state; goes into `<html lang>`. */
  readonly locale: Locale;
  readonly strings: AssessmentStrings;
  /** Exactly one of the three is there. */
  readonly start?: StartView;
  readonly sitting?: SittingView;
  readonly after?: AfterView;
}

export interface StartView {
  readonly profiles: readonly StartChoice[];
  readonly lengths: readonly StartChoice[];
  /** Chosen to begin with: ids of one of each. */
  readonly profile: string;
  readonly length: string;
  /** Rehearsals that can be gone on with, and those that have a report; the latest first. */
  readonly unfinished: readonly EarlierView[];
  readonly earlier: readonly EarlierView[];
}

export interface StartChoice {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
}

export interface EarlierView {
  readonly rehearsal: string;
  /** E.g. "Campus hire, 20 minutes". */
  readonly title: string;
  /** When, and what is left or came of it. */
  readonly detail: string;
}

export interface SittingView {
  readonly rehearsal: string;
  /** E.g. "Campus hire, 20 minutes, seed 42". */
  readonly title: string;
  /** What the learner's history did to it; absent where there is nothing to say. */
  readonly note?: string;
  readonly items: readonly ItemView[];
  /** Id of the item on the screen. */
  readonly current: string;
  readonly remainingMs: number;
  /** The clock runs. */
  readonly running: boolean;
  /** It goes on in another window; nothing that is done here counts. */
  readonly elsewhere: boolean;
}

export interface ItemView {
  readonly id: string;
  /** E.g. "Item 2 of 8". */
  readonly heading: string;
  /** E.g. "Predict the output". */
  readonly kind: string;
  /** What it is given, e.g. "about 2 minutes". */
  readonly time: string;
  readonly skipped: boolean;
  readonly flagged: boolean;
  readonly question?: AskedView;
  readonly task?: TaskView;
}

/** A question without anything that would give its answer away. */
export interface AskedView {
  /** Plain text. */
  readonly prompt: string;
  /** The code that it is about: one `figure.code`, made as in `LessonView.html` of the lesson panel. */
  readonly html?: string;
  readonly options: readonly AskedOption[];
  readonly choice?: string;
}

export interface AskedOption {
  readonly id: string;
  readonly letter: string;
  readonly text: string;
  /** The text is lines of output, to be shown as such. */
  readonly output: boolean;
}

export interface TaskView {
  readonly title: string;
  /** Name of its file. */
  readonly file: string;
  /** The contract, made as in `LessonView.html` of the lesson panel. */
  readonly html: string;
  /** Something was written. */
  readonly written: boolean;
  readonly explanation: string;
}

export interface AfterView {
  readonly rehearsal: string;
  readonly title: string;
  /** How it ended, and when the clock stood still. */
  readonly facts: readonly string[];
  /** Coding tasks are being run; absent once that is over. */
  readonly grading?: { readonly done: number; readonly of: number };
  readonly tasks: readonly ComparedView[];
}

/** A coding task with what to compare one's explanation with. */
export interface ComparedView {
  readonly item: string;
  readonly title: string;
  /** What was written; "" for nothing. */
  readonly explanation: string;
  /** The model answer, made as in `LessonView.html` of the lesson panel. */
  readonly html: string;
  readonly checklist: readonly string[];
  readonly checked: readonly number[];
  readonly rating?: number;
}

/** Every word that the page shows and that is not part of the state above. `{0}` in a text stands for a value. */
export interface AssessmentStrings {
  readonly title: string;
  readonly intro: string;
  /** What a rehearsal is, a sentence a rule. */
  readonly rules: readonly string[];
  readonly profile: string;
  readonly length: string;
  readonly seed: string;
  readonly seedHint: string;
  readonly seedWrong: string;
  readonly begin: string;
  readonly beginning: string;
  readonly unfinished: string;
  readonly goOn: string;
  readonly earlier: string;
  readonly openReport: string;
  readonly remaining: string;
  /** Said to screen readers: "{0} minutes left". */
  readonly minutesLeft: string;
  readonly lastMinute: string;
  readonly paused: string;
  readonly pausedNote: string;
  readonly elsewhere: string;
  readonly goOnHere: string;
  readonly pause: string;
  readonly resume: string;
  readonly items: string;
  readonly stateOpen: string;
  readonly stateAnswered: string;
  readonly stateSkipped: string;
  readonly stateFlagged: string;
  readonly back: string;
  readonly next: string;
  readonly skip: string;
  readonly flag: string;
  readonly unflag: string;
  readonly keys: string;
  readonly openTask: string;
  readonly taskNote: string;
  readonly contract: string;
  readonly explain: string;
  readonly explainHint: string;
  readonly handIn: string;
  /** "{0} items are not answered." */
  readonly unanswered: string;
  readonly unansweredOne: string;
  readonly allAnswered: string;
  readonly handInAnyway: string;
  readonly keepGoing: string;
  readonly over: string;
  readonly compare: string;
  readonly yourWords: string;
  readonly nothingWritten: string;
  readonly modelAnswer: string;
  readonly checklist: string;
  readonly rating: string;
  readonly ratings: readonly string[];
  /** "Running your code in every order: {0} of {1}" */
  readonly grading: string;
  readonly stopGrading: string;
  readonly showReport: string;
  readonly newRehearsal: string;
  /** The language to switch to, in its own name. */
  readonly switchLanguage: string;
  /** Something went wrong, before the sentence that says what. */
  readonly problem: string;
}
