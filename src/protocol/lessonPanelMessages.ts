/**
 * What the extension host and the lesson panel's page say to each other: one interface a direction.
 *
 * The page keeps nothing of its own: each `state` message is the whole picture to draw, in one language, with every
 * text ready to show. What the page may want is the closed set of `LessonPanelIntents`; the host answers each one with
 * exactly one `answer`, also when it fails. The page survives being hidden by `setState(PanelMemory)` alone.
 */
import type { Diagnosis } from "./diagnosis.ts";
import type { AuthorView } from "./authorView.ts";
import type { LessonPanelStrings } from "./lessonPanelStrings.ts";
import type { StepperIntent, StepperView } from "./stepperMessages.ts";
import type { TraceEvent } from "./trace.ts";
import type { SourcePosition } from "./verdict.ts";
import type { Locale } from "./words.ts";

// ---------------------------------------------------------------------------------------------------------------
// Host → page

export interface ToLessonPanel {
  /** Sent after `ready` and whenever anything changed. */
  state: { readonly state: LessonPanelState };
  /** The one reply to an intent. A failure carries a sentence to show; nothing else happened. */
  answer: { readonly id: number } & ({ readonly ok: true } | { readonly ok: false; readonly problem: string });
  /** What pages of this lesson have drawn before: sent before a `state`, so that it need not be drawn again. */
  drawings: { readonly drawings: readonly KeptDrawing[] };
  /** Say this to a screen reader (an `aria-live="polite"` region); also worth showing for a moment, e.g. "Copied". */
  announce: { readonly text: string };
  /** Scroll there and move the keyboard focus to that part's heading. */
  reveal: { readonly part: PanelPart };
  /** What the diagrams show of the run that is on show; absent where that is none of this lesson's. Follows a `state`. */
  moment: { readonly moment?: MomentView };
  /** The scheduler game as it stands; absent where none of this lesson is on. Follows a `state`. */
  stepper: { readonly view?: StepperView };
}

export type PanelPart = "top" | "result" | "hints" | "steps";

// ---------------------------------------------------------------------------------------------------------------
// Page → host

export interface LessonPanelIntents {
  /** The page listens: send `state`. Also after it was hidden and made anew. */
  ready: object;
  /** Grade the exercise as it stands in the editor; in a preview, the lesson's own files. */
  run: object;
  /** Stop the run that is under way. */
  stop: object;
  /** Reveal one more hint. */
  showHint: object;
  /** Show the solution beside the exercise; the host asks first where the lesson is not passed. */
  showSolution: object;
  /** Put the starter back; the text that was there is kept. */
  resetExercise: object;
  /** Put back the text that the last reset replaced. */
  restoreExercise: object;
  /** Bring the exercise's editor to the front. */
  openExercise: object;
  /** Put the cursor at a place in the exercise. */
  revealSource: { readonly source: SourcePosition };
  /** Copy the schedule of a failed test to the clipboard. */
  copySchedule: { readonly test: string };
  replayFailure: { readonly test: string };
  /** Show the order that breaks this test on the timeline. */
  showFailure: { readonly test: string };
  /** Run the order that breaks this test under the debugger. */
  debugFailure: { readonly test: string };
  /** Run the order that leads to the endless loop under the debugger, which stops in it. */
  debugLoop: object;
  /** Put the failing order of this test on show, so that the diagrams (and the timeline) can step through it. */
  stepThroughFailure: { readonly test: string };
  /** Put the natural order of the first test on show. */
  showNaturalOrder: object;
  /** Look at the run on show just after this event (its `seq`). */
  moveTo: { readonly moment: number };
  /** Look at the run on show as a whole again. */
  lookAtWhole: object;
  /** Let the learner choose what happens next. */
  beatScheduler: object;
  /** What the learner does in the scheduler game. */
  stepper: { readonly intent: StepperIntent };
  /** Open a lesson: the next one, a prerequisite, or one that the prose links to. */
  openLesson: { readonly lesson: string };
  /** Show the lesson's questions. */
  checkYourself: object;
  /** Show the exercise in the playground. */
  openInPlayground: object;
  /** Of a preview: open this file of the pack, as one of the view's outcomes or findings names it. `line` is from 1. */
  openPackFile: { readonly file: string; readonly line: number };
  /** Read lessons in this language from now on. */
  setLanguage: { readonly language: Locale };
  /** Keep a drawing for the next page of this lesson. */
  keepDrawing: { readonly drawing: KeptDrawing };
  /** Something went wrong in the page (a diagram that does not render …): for the log. */
  reportProblem: { readonly problem: string };
}

/** Of `reportProblem`, in UTF-16 code units; the page cuts what is longer. */
export const longestProblem = 4000;

/** A diagram as it was drawn. */
export interface KeptDrawing {
  /** The diagram's file name. */
  readonly file: string;
  /** Hash of all that decides how it looks: its source, the theme, the page's settings. */
  readonly look: string;
  /** Cleaned by the page before it is kept, and again when it is shown. */
  readonly svg: string;
}

/** Of a drawing, in UTF-16 code units; a larger one is drawn anew each time. The lessons' own have a tenth of that. */
export const longestDrawing = 400_000;

type Tagged<T> = { [K in keyof T]: { readonly type: K } & T[K] }[keyof T];

export type ToLessonPanelMessage = Tagged<ToLessonPanel>;
export type LessonPanelIntent = Tagged<LessonPanelIntents>;
/**
 * An intent as posted; `id` is the page's own number, from 1, given back in the `answer`. `shown` is the lesson that was on the
 * page, which may have turned to another one by the time the host reads this; absent before the first `state`.
 */
export type FromLessonPanelMessage = LessonPanelIntent & { readonly id: number; readonly shown?: string | undefined };

// ---------------------------------------------------------------------------------------------------------------
// What the page keeps for itself

/** The argument of `setState`: enough to draw the same view after a reload. The host's serializers read `lesson` and `folder`. */
export interface PanelMemory {
  readonly lesson: string;
  /** Of a preview: address of the lesson's folder. */
  readonly folder?: string;
  readonly scrollTop: number;
  /** The block at the top of the view (its `data-line`) and how far below the edge it starts, in CSS pixels. */
  readonly anchor?: { readonly line: number; readonly offset: number };
  /** Names of the parts that the reader opened (`true`) or closed, where that differs from how they start. */
  readonly open?: Readonly<Record<string, boolean>>;
  /** The language chosen in Go / TypeScript tabs: one choice for all of them. */
  readonly tab?: "go" | "ts";
  /** The same of the lessons that this page showed before, the latest first: for a reader who comes back to one. */
  readonly others?: readonly Omit<PanelMemory, "others" | "tab">[];
}

// ---------------------------------------------------------------------------------------------------------------
// The view model

export interface LessonPanelState {
  /** Language of every text in this state; goes into `<html lang>`. */
  readonly locale: Locale;
  readonly strings: LessonPanelStrings;
  readonly lesson: LessonView;
  readonly progress: LessonProgressView;
  readonly result: ResultView;
  readonly hints: HintsView;
  readonly exercise: ExerciseView;
  /** The page previews a lesson that is being written: in place of what a learner does with it. */
  readonly author?: AuthorView;
  /** The lesson to go on with. */
  readonly next?: NextLink;
  /** What has changed in the lesson since the learner passed it; absent where nothing has. */
  readonly changes?: ChangesView;
}

export interface ChangesView {
  /** E.g. "Changed since you passed it (version 1.0.0, now 1.2.0)". */
  readonly headline: string;
  /** The newest first. */
  readonly changes: readonly { readonly version: string; readonly text: string }[];
}

export interface LessonLink {
  readonly lesson: string;
  readonly title: string;
  readonly passed: boolean;
}

export interface NextLink extends LessonLink {
  /** Why just this one, in a few words. */
  readonly why: string;
}

export interface LessonView {
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  readonly track: string;
  /** E.g. "Introductory". */
  readonly level: string;
  /** E.g. "25 min". */
  readonly minutes: string;
  readonly prerequisites: readonly LessonLink[];
  /**
   * The prose without its first heading (show `title` as `<h1>`) and without the hints. Made by the host with raw HTML
   * off, so every tag is ours; the page still sanitises it. Blocks carry `data-line`. It holds, besides plain
   * paragraphs, lists, tables, quotes and `h2`/`h3` (with ids):
   *
   *   <div class="code-tabs"> two or more <figure class="code"> </div>      Go / TypeScript tabs
   *   <figure class="code" data-language="go" data-label="Go"><pre tabindex="0"><code class="hljs language-go">…
   *   <figure class="diagram" data-diagram="architecture.mmd"></figure>     to be filled from `diagrams`
   *   <a href="https://…">                                                  VS Code opens these itself
   *   <a href="#" data-lesson="connection-pool">                            post `openLesson`
   *
   * Code is coloured by highlight.js classes (`hljs-keyword` …).
   */
  readonly html: string;
  readonly diagrams: readonly DiagramView[];
}

export interface DiagramView {
  /** Its file name; the value of `data-diagram`. */
  readonly file: string;
  readonly title: string;
  /** The text alternative. */
  readonly description: string;
  /** Mermaid source. */
  readonly source: string;
  /** Some of its parts are bound to events: a run can light it. */
  readonly bound: boolean;
}

/** It took part, an abort struck it, or it is where something went wrong. */
export type Light = "active" | "stopped" | "broken";

/** How a part of a diagram took part in a run. */
export interface PartLight {
  /** Logical id of a node or an edge of the diagram. */
  readonly element: string;
  readonly light: Light;
  /** How often, up to the moment; at least once. */
  readonly count: number;
  /** The current event is about it. */
  readonly current: boolean;
}

export interface DiagramLights {
  readonly file: string;
  /** The parts that took part; all others are dark. */
  readonly parts: readonly PartLight[];
}

/** The run on show at the moment that is looked at. */
export interface MomentView {
  /** E.g. "Natural order · Every body arrives in time". */
  readonly title: string;
  /** The run is looked at as a whole, not at one event. */
  readonly whole: boolean;
  /** The current event in words, e.g. "30 ms · fetch /b completes". */
  readonly event?: string;
  /** Each diagram that can be lit. */
  readonly diagrams: readonly DiagramMomentView[];
}

export interface DiagramMomentView extends DiagramLights {
  /** `seq` of the nearest events before and after that touch this diagram. */
  readonly previous?: number;
  readonly next?: number;
  /** E.g. "3 of 12": how many of the events that touch it have happened. */
  readonly position: string;
}

export type LessonProgress = "not-started" | "in-progress" | "passed";

export interface LessonProgressView {
  readonly status: LessonProgress;
  /** E.g. "Passed", "In progress". */
  readonly text: string;
}

export type ResultView =
  /** Not graded yet. */
  | { readonly kind: "none" }
  | {
      readonly kind: "running";
      /** E.g. "Running: test 3 of 12". */
      readonly headline: string;
      /** Tests that are done and how many there are; absent until the spec is loaded. */
      readonly progress?: { readonly done: number; readonly total: number };
    }
  | GradedView;

export interface GradedView {
  readonly kind: "graded";
  readonly passed: boolean;
  /** E.g. "Passed: 12 tests in all 4,210 orders", "3 of 12 tests failed". */
  readonly headline: string;
  /** E.g. "0.4 s". */
  readonly duration: string;
  /** The exercise was edited since: say so (`strings.stale`), dim it. */
  readonly stale: boolean;
  /** The file could not be graded at all; then `tests` may be empty. */
  readonly error?: GradeErrorView;
  /** Failed ones first. */
  readonly tests: readonly TestView[];
}

export interface GradeErrorView {
  readonly message: string;
  readonly source?: SourcePosition;
  /** E.g. "exercise.ts, line 12"; present with `source`. */
  readonly place?: string;
  /** It got stuck in an endless loop, which `debugLoop` can show. */
  readonly stuck: boolean;
}

export interface TestView {
  readonly name: string;
  readonly title: string;
  readonly passed: boolean;
  /** E.g. "all 24 orders", "2,000 orders, up to 3 deviations". */
  readonly orders: string;
  readonly failure?: FailureView;
  /** Lines that the exercise wrote to the console. */
  readonly output: readonly string[];
}

export interface FailureView {
  readonly diagnosis: Diagnosis;
  /** The diagnosis in words, e.g. "A timer is still armed". */
  readonly diagnosisTitle: string;
  /** What that kind of bug is, one sentence. */
  readonly explanation: string;
  /** What happened here, one or two sentences. */
  readonly message: string;
  readonly schedule: string;
  /** E.g. "at 30 ms". */
  readonly at: string;
  readonly source?: SourcePosition;
  /** E.g. "exercise.ts, line 12"; present with `source`. */
  readonly place?: string;
  readonly expected?: string;
  readonly actual?: string;
  /** The order of events that breaks it, to read as a list. */
  readonly story: readonly StoryLine[];
  /** Events left out of `story` because there are too many; 0 as a rule. */
  readonly storyOmitted: number;
  /** What the whole order lights of the lesson's diagrams. */
  readonly lights: readonly DiagramLights[];
}

export interface StoryLine {
  /** E.g. "30 ms". */
  readonly at: string;
  /** E.g. "fetch /b answers". */
  readonly text: string;
  /** Line of the exercise that started it. */
  readonly line?: number;
  /** The event itself, for icons and timelines. */
  readonly event: TraceEvent;
}

export interface HintsView {
  /** Already revealed, in order. `html` is made as in `LessonView.html`. */
  readonly shown: readonly { readonly title: string; readonly html: string }[];
  readonly total: number;
}

export interface ExerciseView {
  /** Its name, e.g. "exercise.ts". */
  readonly name: string;
  /** There is a text that `restoreExercise` brings back. */
  readonly canRestore: boolean;
  /** The lesson has something for the playground to run it with. */
  readonly canPlay: boolean;
}
