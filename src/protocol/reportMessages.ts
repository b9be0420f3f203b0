/**
 * What the extension host and the page of a rehearsal's report say to each other: one interface a direction, as for the lesson
 * panel (lessonPanelMessages.ts), and the report itself, of which the exports are made too. All texts are in one language.
 */
import type { MarketStrings, ReportStrings } from "./reportStrings.ts";
import type { Locale } from "./words.ts";

// ---------------------------------------------------------------------------------------------------------------
// Host → page

export interface ToReport {
  /** Sent after `ready`, and whenever the language or the rehearsal changed. */
  state: { readonly state: ReportState };
  /** Said by a screen reader, and shown for a moment. */
  announce: { readonly text: string };
  /** The one reply to an intent. A failure carries a sentence to show; nothing else happened. */
  answer: { readonly id: number } & ({ readonly ok: true } | { readonly ok: false; readonly problem: string });
}

// ---------------------------------------------------------------------------------------------------------------
// Page → host

export interface ReportIntents {
  /** The page listens: send `state`. Also after it was hidden and made anew. */
  ready: object;
  /** Play this test on the code that was handed in: in the order that broke it, or in the natural one. */
  replay: { readonly item: string; readonly test: string };
  /** Show the code that was handed in. */
  openCode: { readonly item: string };
  openLesson: { readonly lesson: string };
  /** Another rehearsal's report, of the history. */
  openReport: { readonly rehearsal: string };
  exportReport: { readonly format: ExportFormat };
  /** Asks first. */
  remove: object;
  showMarket: object;
  /** Read lessons in this language from now on. */
  setLanguage: { readonly language: Locale };
  /** Something went wrong in the page: for the log. */
  reportProblem: { readonly problem: string };
}

export const exportFormats = ["markdown", "html", "json"] as const;
export type ExportFormat = (typeof exportFormats)[number];

type Tagged<T> = { [K in keyof T]: { readonly type: K } & T[K] }[keyof T];

export type ToReportMessage = Tagged<ToReport>;
export type ReportIntent = Tagged<ReportIntents>;
/** An intent as posted; `id` is the page's own number, from 1, given back in the `answer`. */
export type FromReportMessage = ReportIntent & { readonly id: number };

/** The argument of `setState`: what the host's serializer needs to bring the page back, and its place. */
export interface ReportMemory {
  /** "" for the market view. */
  readonly rehearsal: string;
  readonly scrollTop: number;
}

// ---------------------------------------------------------------------------------------------------------------
// The view model

export interface ReportState {
  /** Language of every text in this state; goes into `<html lang>`. */
  readonly locale: Locale;
  readonly strings: ReportStrings;
  readonly market: MarketStrings;
  /** Undefined: the market view alone. */
  readonly report?: ReportView;
}

/** A share of points, and how it is written. */
export interface ShareView {
  /** 0 to 1. */
  readonly share: number;
  /** E.g. "37 of 60". */
  readonly text: string;
}

export interface ReportView {
  readonly id: string;
  readonly title: string;
  /** E.g. "Campus hire · 20 minutes". */
  readonly subtitle: string;
  /** Seed, times, how it ended. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly total: ShareView;
  /** One sentence on the total. */
  readonly verdict: string;
  /** Questions, coding tasks, and the criteria of the coding tasks. */
  readonly parts: readonly PartView[];
  readonly radar: RadarView;
  readonly items: readonly ItemView[];
  readonly bugs: readonly BugView[];
  readonly plan: readonly StepView[];
  readonly explained: readonly ExplainedView[];
  readonly history: HistoryView;
  /** Plain sentences. */
  readonly pauses: readonly string[];
  /** What this report does not say. */
  readonly limits: readonly string[];
}

export interface PartView {
  readonly title: string;
  /** What it takes to earn it. */
  readonly meaning: string;
  readonly total: ShareView;
  /** A criterion of the coding tasks, under them. */
  readonly nested: boolean;
}

export interface PointView {
  readonly x: number;
  readonly y: number;
}

export interface RadarView {
  /** Of a viewBox that begins at 0 0. */
  readonly width: number;
  readonly height: number;
  /** From the innermost. */
  readonly rings: readonly { readonly path: string; readonly text: string; readonly at: PointView }[];
  readonly spokes: readonly { readonly from: PointView; readonly to: PointView }[];
  readonly labels: readonly {
    readonly at: PointView;
    readonly anchor: "start" | "middle" | "end";
    readonly lines: readonly string[];
  }[];
  /** The two profiles, and the learner last. */
  readonly areas: readonly {
    readonly kind: "campus" | "experienced" | "you";
    readonly title: string;
    readonly path: string;
    readonly closed: boolean;
    readonly dots: readonly PointView[];
  }[];
  /** The same as a table, one row a skill. */
  readonly rows: readonly {
    readonly skill: string;
    readonly area: string;
    readonly campus: string;
    readonly experienced: string;
    readonly you: string;
  }[];
}

export interface ItemView {
  readonly id: string;
  /** E.g. "3. Find the bug". */
  readonly heading: string;
  readonly skill: string;
  readonly level: string;
  readonly total: ShareView;
  /** Was flagged, was skipped. */
  readonly notes: readonly string[];
  readonly time: TimeView;
  /** Plain text. */
  readonly prompt: string;
  /** The code that a question is about, or that was handed in: plain text. */
  readonly code?: string;
  readonly answer?: {
    readonly chosen?: string;
    readonly right: string;
    readonly isRight: boolean;
    readonly why: string;
  };
  /** Why nothing was judged. */
  readonly notGraded?: string;
  /** Of a coding task. */
  readonly criteria: readonly CriterionView[];
  readonly coding: boolean;
}

export interface TimeView {
  /** Real seconds. */
  readonly planned: number;
  readonly used: number;
  readonly plannedText: string;
  readonly usedText: string;
}

export interface CriterionView {
  readonly title: string;
  readonly total: ShareView;
  readonly evidence: readonly EvidenceView[];
}

export interface EvidenceView {
  readonly test: string;
  readonly title: string;
  readonly passed: boolean;
  /** Title of the kind of bug. */
  readonly diagnosis?: string;
  readonly message?: string;
  readonly schedule?: string;
  readonly line?: number;
}

export interface BugView {
  readonly title: string;
  readonly explanation: string;
  /** Numbers of the items in which it showed. */
  readonly items: string;
  readonly lessons: readonly LessonLink[];
}

export interface LessonLink {
  readonly id: string;
  readonly title: string;
}

export interface StepView {
  readonly lesson: LessonLink;
  readonly minutes: number;
  readonly why: string;
}

export interface ExplainedView {
  /** Heading of the item, and its lesson. */
  readonly title: string;
  /** The learner's own words. */
  readonly explanation: string;
  /** How they rate it, and what of the checklist they found in it; undefined where they did not. */
  readonly rating?: string;
}

export interface HistoryView {
  readonly rehearsals: readonly {
    readonly id: string;
    readonly title: string;
    readonly total: ShareView;
    readonly current: boolean;
  }[];
  /** The whole first, then each skill that was ever asked. */
  readonly multiples: readonly MultipleView[];
}

export interface MultipleView {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly line: string;
  readonly dots: readonly { readonly x: number; readonly y: number; readonly latest: boolean }[];
  readonly guides: readonly number[];
  /** E.g. "40 % → 75 %", read out in place of the drawing. */
  readonly text: string;
  /** E.g. "75 %": that of this rehearsal, or that nothing was asked. */
  readonly latest: string;
}
