/**
 * What the extension host and a page of questions say to each other: one interface a direction, as for the lesson panel
 * (lessonPanelMessages.ts). The page is either a lesson's "Check yourself", whose answers stay in the page, or the review, whose
 * answers the host counts.
 */
import type { Locale } from "./words.ts";

// ---------------------------------------------------------------------------------------------------------------
// Host → page

export interface ToQuizPanel {
  /** Sent after `ready` and whenever the language changed. */
  state: { readonly state: QuizPanelState };
  /** The one reply to an intent. A failure carries a sentence to show; nothing else happened. */
  answer: { readonly id: number } & ({ readonly ok: true } | { readonly ok: false; readonly problem: string });
}

// ---------------------------------------------------------------------------------------------------------------
// Page → host

export interface QuizPanelIntents {
  /** The page listens: send `state`. Also after it was hidden and made anew. */
  ready: object;
  /** Show the lesson that the questions, or one of them, are about. */
  showLesson: { readonly lesson: string };
  /** This option was chosen and checked. Only of a review, and once a question. */
  answered: { readonly question: string; readonly choice: string };
  /** Read lessons in this language from now on. */
  setLanguage: { readonly language: Locale };
  /** Something went wrong in the page: for the log. */
  reportProblem: { readonly problem: string };
}

type Tagged<T> = { [K in keyof T]: { readonly type: K } & T[K] }[keyof T];

export type ToQuizPanelMessage = Tagged<ToQuizPanel>;
export type QuizPanelIntent = Tagged<QuizPanelIntents>;
/** An intent as posted; `id` is the page's own number, from 1, given back in the `answer`. */
export type FromQuizPanelMessage = QuizPanelIntent & { readonly id: number };

// ---------------------------------------------------------------------------------------------------------------
// What the page keeps for itself

/** The argument of `setState`: enough to draw the same view after a reload. The host's serializer reads `lesson`. */
export interface QuizMemory {
  /** "" for the review. */
  readonly lesson: string;
  readonly scrollTop: number;
  /** By question. */
  readonly answers: Readonly<Record<string, QuizAnswer>>;
}

export interface QuizAnswer {
  /** Id of the chosen option. */
  readonly choice: string;
  /** Its outcome was asked for; from then on the choice stands. */
  readonly checked: boolean;
}

// ---------------------------------------------------------------------------------------------------------------
// The view model

export interface QuizPanelState {
  /** Language of every text in this state; goes into `<html lang>`. */
  readonly locale: Locale;
  readonly strings: QuizPanelStrings;
  /** Whose questions they are; undefined in a review. */
  readonly lesson?: { readonly id: string; readonly title: string };
  /** What there is to know besides: in a review, what comes up when. */
  readonly note?: string;
  readonly questions: readonly QuestionView[];
}

export interface QuestionView {
  readonly id: string;
  /** E.g. "Question 2 of 6". */
  readonly heading: string;
  /** E.g. "Predict the output". */
  readonly kind: string;
  /** Plain text. */
  readonly prompt: string;
  /** The code that it is about: one `figure.code`, made as in `LessonView.html` of the lesson panel. */
  readonly html?: string;
  readonly options: readonly OptionView[];
  /** Id of the right option. */
  readonly answer: string;
  /** The lesson that it is from, in a review. */
  readonly source?: { readonly lesson: string; readonly title: string };
}

export interface OptionView {
  readonly id: string;
  /** What to call it: "A", "B" … */
  readonly letter: string;
  /** Plain text. */
  readonly text: string;
  /** The text is lines of output, to be shown as such. */
  readonly output: boolean;
  /** Why it is right, or why it is wrong. */
  readonly why: string;
}

/** Every word that the page shows and that is not part of the state above. `{0}` in a text stands for a value. */
export interface QuizPanelStrings {
  /** Heading of the page. */
  readonly title: string;
  /** One sentence under it. */
  readonly intro: string;
  readonly check: string;
  /** `check` was asked for without a choice. */
  readonly chooseFirst: string;
  readonly right: string;
  readonly wrong: string;
  readonly yourAnswer: string;
  readonly rightAnswer: string;
  readonly nextQuestion: string;
  /** Instead of `nextQuestion` after the last one. */
  readonly toSummary: string;
  /** Heading of the last part. */
  readonly summary: string;
  /** "{0} of {1} checked, {2} right." */
  readonly tally: string;
  readonly noneChecked: string;
  readonly startOver: string;
  readonly showLesson: string;
  /** Before the title of the lesson that a question is from. */
  readonly openSource: string;
  /** The language to switch to, in its own name. */
  readonly switchLanguage: string;
  /** Something went wrong, before the sentence that says what. */
  readonly problem: string;
}
