/** What a lesson panel shows besides the lesson where it previews one that is being written. */

export interface AuthorView {
  /** Address of the lesson's folder. The page keeps it, so that the host finds the lesson again after a reload. */
  readonly folder: string;
  /** "passed": nothing is left to mend. */
  readonly standing: "none" | "running" | "passed" | "failed";
  /** E.g. "The solution passes · 9 of 10 mistakes caught as declared · mistake “a” passes every test · 1 problem". */
  readonly headline: string;
  /** Files that are graded, of all that are to be; while the spec runs. */
  readonly progress?: { readonly done: number; readonly total: number };
  /** Solution, starter and mistakes; what is not as it should be comes first. */
  readonly outcomes: readonly AuthorOutcomeView[];
  /** What `verify` would say of the lesson and of its catalog. */
  readonly findings: readonly AuthorFindingView[];
  readonly words: AuthorWords;
}

/** A sentence, and where to look. */
export interface AuthorFindingView {
  /** Relative to the pack. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** E.g. "lesson.json:12". */
  readonly place: string;
  readonly text: string;
}

export interface AuthorOutcomeView extends AuthorFindingView {
  readonly state: "good" | "bad" | "unknown";
}

/** Fixed texts, in the language of the view. */
export interface AuthorWords {
  readonly preview: string;
  readonly outcomes: string;
  readonly findings: string;
  readonly run: string;
  readonly stop: string;
  readonly details: string;
}
