/**
 * What the extension host and the timeline's page say to each other: one interface a direction, a closed set of intents, each
 * answered once. `state` is the whole picture in one language; the current event and the cursor come as small messages, since
 * they change often.
 */
import type { Trace } from "./trace.ts";
import type { Locale } from "./words.ts";

// ---------------------------------------------------------------------------------------------------------------
// Host → page

export interface ToTimeline {
  /** Sent after `ready` and whenever another run is on show, or the language changed. */
  state: { readonly state: TimelineState };
  /** Another event is current: its `seq`; null: the run is looked at as a whole. */
  moved: { readonly moment: number | null };
  /** Where the cursor is in the exercise, and whether the exercise is still the text that ran. */
  editor: EditorView;
  answer: { readonly id: number } & ({ readonly ok: true } | { readonly ok: false; readonly problem: string });
  /** Say this, and show it for a moment. */
  announce: { readonly text: string };
}

export interface EditorView {
  /** Lines of the exercise (from 1) with a cursor in them; none while the lines are not those that ran. */
  readonly lines: readonly number[];
  /** The exercise was edited since the run: its lines are no longer those of the trace. */
  readonly stale: boolean;
}

export interface TimelineState {
  readonly locale: Locale;
  readonly strings: TimelineStrings;
  /** Absent: there is nothing to show yet. */
  readonly run?: TimelineRunView;
  /** What to say where there is no run. */
  readonly empty: string;
  /** The current event's `seq`; null: none. */
  readonly moment: number | null;
  readonly editor: EditorView;
}

/** A run and each of its events in words. */
export interface ToldTrace {
  readonly events: Trace;
  /** One sentence for each event. */
  readonly texts: readonly string[];
}

export interface TimelineRunView extends ToldTrace {
  /** Equal for what should be looked at the same way: the same test of the same lesson. */
  readonly key: string;
  /** Title of the lesson. */
  readonly lesson: string;
  /** Title of the test. */
  readonly test: string;
  /** Where this run comes from, e.g. "Failing order". */
  readonly origin: string;
  readonly schedule: string;
  readonly failure?: { readonly title: string; readonly message: string };
  /** The same test in the natural order, where that is another run and known. */
  readonly natural?: ToldTrace;
  /** More events are to come. */
  readonly live: boolean;
}

// ---------------------------------------------------------------------------------------------------------------
// Page → host

export interface TimelineIntents {
  /** The page listens: send `state`. */
  ready: object;
  /** This event is current from now on. */
  moveTo: { readonly seq: number };
  /** No event is current. */
  showWhole: object;
  /** Put the cursor on a line of the exercise that ran; `focus`: and the keyboard focus. */
  revealSource: { readonly line: number; readonly focus: boolean };
  /** Ask where to, and write the picture there: SVG text, or the bytes of a PNG in base64. */
  saveSvg: { readonly svg: string };
  savePng: { readonly png: string };
  copySchedule: object;
  /** Show the lesson that the run belongs to, or the one at hand. */
  openLesson: object;
  /** Let the learner choose a test whose order is shown. */
  chooseRun: object;
  reportProblem: { readonly problem: string };
}

/** In UTF-16 code units. */
export const longestPicture = 24_000_000;
/** Events of one run that a page takes: twenty times what the world tells. */
export const longestTrace = 100_000;

type Tagged<T> = { [K in keyof T]: { readonly type: K } & T[K] }[keyof T];

export type ToTimelineMessage = Tagged<ToTimeline>;
export type TimelineIntent = Tagged<TimelineIntents>;
export type FromTimelineMessage = TimelineIntent & { readonly id: number };

// ---------------------------------------------------------------------------------------------------------------
// What the page keeps for itself

/** The argument of `setState`. */
export interface TimelineMemory {
  readonly scale: "time" | "order";
  readonly table: boolean;
  readonly compare: boolean;
  /** Of the run that was looked at. */
  readonly key: string;
  readonly zoom: number;
  readonly left: number;
}

// ---------------------------------------------------------------------------------------------------------------
// Words; `{0}`, `{1}` … are filled in by the page

export interface TimelineStrings {
  readonly title: string;
  readonly problem: string;
  readonly close: string;
  readonly openLesson: string;
  readonly chooseRun: string;
  readonly stale: string;
  readonly live: string;
  readonly schedule: string;
  readonly copySchedule: string;
  /** Groups of the toolbar. */
  readonly steps: string;
  readonly view: string;
  readonly filter: string;
  readonly first: string;
  readonly back: string;
  readonly play: string;
  readonly pause: string;
  readonly forward: string;
  readonly last: string;
  /** `{0}` of `{1}` events. */
  readonly position: string;
  readonly wholeRun: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly zoomFit: string;
  readonly scaleTime: string;
  readonly scaleOrder: string;
  readonly scale: string;
  readonly asTable: string;
  readonly compare: string;
  readonly filterAll: string;
  readonly filterCauses: string;
  readonly filterEffects: string;
  /** `{0}` of `{1}` events are shown, by this filter. */
  readonly filtered: string;
  readonly pickFirst: string;
  readonly exports: string;
  readonly exportSvg: string;
  readonly exportPng: string;
  readonly goToLine: string;
  readonly naturalOrder: string;
  /** `{0}`: when; `{1}`: what happens here; `{2}`: what happens in natural order. */
  readonly difference: string;
  readonly nothingMore: string;
  readonly sameAsNatural: string;
  readonly isNatural: string;
  readonly showDifference: string;
  readonly markDifference: string;
  readonly markFinding: string;
  readonly markCancel: string;
  readonly markDeadline: string;
  readonly markConsole: string;
  /** `{0}` events were left out. */
  readonly gap: string;
  readonly ms: string;
  /** A line of the exercise, in a few letters. */
  readonly shortLine: string;
  readonly chartHelp: string;
  readonly chartLabel: string;
  readonly causedBy: string;
  readonly underWay: string;
  readonly legend: string;
  readonly running: string;
  readonly completed: string;
  readonly failed: string;
  readonly aborted: string;
  readonly cleared: string;
  readonly leaked: string;
  readonly columnTime: string;
  readonly columnLane: string;
  readonly columnEvent: string;
  readonly columnCause: string;
  readonly columnLine: string;
  readonly rowsLeftOut: string;
}
