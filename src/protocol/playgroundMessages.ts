/**
 * What the extension host and the playground's page say to each other: one interface a direction, as for the lesson
 * panel (lessonPanelMessages.ts). The text lives in the page; the host keeps a copy for the next time.
 */
import type { ChosenRun, Distribution, Scenario } from "./simulation.ts";
import type { TimelineStrings } from "./timelineMessages.ts";
import type { Locale } from "./words.ts";

// ---------------------------------------------------------------------------------------------------------------
// Host → page

export interface ToPlayground {
  /** Sent after `ready`, and whenever the text is to be another one or the language changed. */
  state: { readonly state: PlaygroundState };
  /**
   * What came of an intent `simulate`, by its number: the run that it chose, with a sentence for each of its events; then all
   * runs, once or several times.
   */
  played: { readonly request: number; readonly run: ChosenRun; readonly texts: readonly string[] };
  sampled: { readonly request: number; readonly distribution: Distribution };
  /** It cannot be run, or was ended: why. */
  failed: { readonly request: number; readonly failure: SimulationFailure };
  /**
   * The one reply to an intent; to `simulate` once it is over. A failure carries a sentence to show, or none where a newer
   * request has ended it.
   */
  answer: { readonly id: number } & ({ readonly ok: true } | { readonly ok: false; readonly problem: string });
}

export interface SimulationFailure {
  readonly text: string;
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
}

// ---------------------------------------------------------------------------------------------------------------
// Page → host

export interface PlaygroundIntents {
  /** The page listens: send `state`. Also after it was made anew. */
  ready: object;
  /** Run this: `chosen` with its whole trace, and all runs if `distribution` is asked for. Ends what runs. */
  simulate: PlaygroundDocument & {
    /** The page's own number for it. */
    readonly request: number;
    /** From 0. */
    readonly chosen: number;
    readonly distribution: boolean;
  };
  /** End what runs. */
  stop: object;
  /** Keep this for the next time. */
  keep: PlaygroundDocument;
  /** Ask for a file, and write this to it. */
  saveFile: PlaygroundDocument;
  /** Ask for a file, and show it. */
  openFile: object;
  /** Put a link to this on the clipboard. */
  copyLink: PlaygroundDocument;
  /** Ask which lesson (or none) to begin from, and show it. */
  startFrom: object;
  /** Ask where to, and write the picture of the run there: SVG text, or the bytes of a PNG in base64. */
  saveSvg: { readonly svg: string };
  savePng: { readonly png: string };
  /** Something went wrong in the page: for the log. */
  reportProblem: { readonly problem: string };
}

type Tagged<T> = { [K in keyof T]: { readonly type: K } & T[K] }[keyof T];

export type ToPlaygroundMessage = Tagged<ToPlayground>;
export type PlaygroundIntent = Tagged<PlaygroundIntents>;
/** An intent as posted; `id` is the page's own number, from 1, given back in the `answer`. */
export type FromPlaygroundMessage = PlaygroundIntent & { readonly id: number };

// ---------------------------------------------------------------------------------------------------------------
// What is kept and shared

/** A program and what the outside is like for it. */
export interface PlaygroundDocument {
  readonly text: string;
  readonly scenario: Scenario;
}

/** Characters of a program: more than anybody types. */
export const longestProgram = 100_000;

/** The argument of `setState`: enough to draw the same view after a reload. */
export interface PlaygroundMemory extends PlaygroundDocument {
  /** The run that is shown, from 0. */
  readonly chosen: number;
  /** Came from a stranger, and nothing of it has run. */
  readonly waits: boolean;
}

// ---------------------------------------------------------------------------------------------------------------
// The view model

export interface PlaygroundState {
  /** Language of every text in this state; goes into `<html lang>`. */
  readonly locale: Locale;
  readonly strings: PlaygroundStrings;
  /** Words of the timeline of one run. */
  readonly timeline: TimelineStrings;
  /** Another number: the text and the scenario take the place of what the page has. */
  readonly revision: number;
  readonly document: PlaygroundDocument;
  /** The run that is shown, from 0. */
  readonly chosen: number;
  /** The document came from a stranger: nothing runs until the user says so. */
  readonly waits: boolean;
  /** Title of the lesson that the text began from. */
  readonly lesson?: string;
  /** Declarations that the text knows, by file name. */
  readonly libraries: readonly { readonly name: string; readonly text: string }[];
  readonly look: EditorLook;
}

/** The user's settings of the editor that mean something here. */
export interface EditorLook {
  readonly fontFamily: string;
  /** CSS pixels. */
  readonly fontSize: number;
  /** CSS pixels; 0 for what suits the font. */
  readonly lineHeight: number;
  readonly fontLigatures: boolean;
  readonly tabSize: number;
  readonly insertSpaces: boolean;
  readonly wordWrap: "on" | "off";
  readonly cursorBlinking: "blink" | "smooth" | "phase" | "expand" | "solid";
}

/** Every word that the page shows and that is not part of the state above. `{0}` in a text stands for a value. */
export interface PlaygroundStrings {
  readonly title: string;
  /** One sentence under it. */
  readonly intro: string;
  /** "Begun from the lesson “{0}”" */
  readonly begunFrom: string;
  readonly run: string;
  readonly stop: string;
  readonly startFrom: string;
  readonly openFile: string;
  readonly saveFile: string;
  readonly copyLink: string;
  readonly linkCopied: string;
  readonly editor: string;
  /** How the editor is left by the keyboard. */
  readonly editorKeys: string;
  readonly editorLoading: string;
  readonly editorMissing: string;
  /** Heading of the note on a text that came from a link. */
  readonly fromLink: string;
  readonly fromLinkWhy: string;
  readonly scenario: string;
  readonly endpoints: string;
  readonly fastest: string;
  readonly slowest: string;
  readonly shape: string;
  readonly shapes: { readonly uniform: string; readonly bell: string; readonly longTail: string };
  readonly failures: string;
  readonly deadline: string;
  readonly limit: string;
  readonly cancels: string;
  readonly cancelAt: string;
  readonly runs: string;
  readonly seed: string;
  readonly newSeed: string;
  /** Heading of the endpoints that differ. */
  readonly exceptions: string;
  readonly addException: string;
  readonly removeException: string;
  /** "Endpoint {0}" */
  readonly endpoint: string;
  readonly resetScenario: string;
  /** "{0} ms" */
  readonly milliseconds: string;
  readonly oneRun: string;
  /** "Run {0} of {1}" */
  readonly runNumber: string;
  readonly firstRun: string;
  readonly slowestRun: string;
  readonly previousRun: string;
  readonly nextRun: string;
  /** How the run ended: "fulfilled after {0} ms" … */
  readonly ends: {
    readonly fulfilled: string;
    readonly rejected: string;
    readonly cancelled: string;
    readonly unsettled: string;
  };
  /** "{0} results" */
  readonly withResults: string;
  readonly output: string;
  readonly allRuns: string;
  readonly notYet: string;
  readonly times: string;
  /** Says how the chart of times is used. */
  readonly timesHelp: string;
  /** "{0} of {1} runs never settled" */
  readonly neverSettled: string;
  readonly results: string;
  readonly noResults: string;
  readonly inFlight: string;
  readonly inFlightHelp: string;
  readonly asTable: string;
  readonly columns: {
    readonly from: string;
    readonly to: string;
    readonly runs: string;
    readonly results: string;
    readonly time: string;
    readonly low: string;
    readonly median: string;
    readonly high: string;
  };
  readonly problems: string;
  readonly noProblems: string;
  /** "{0} of {1} runs" */
  readonly inRuns: string;
  readonly showRun: string;
  /** "main was rejected with {0}" */
  readonly rejectedWith: string;
  /** "Line {0}" */
  readonly atLine: string;
  readonly working: string;
  /** "{0} runs in {1} ms" */
  readonly done: string;
  /** Something went wrong, before the sentence that says what. */
  readonly problem: string;
}
