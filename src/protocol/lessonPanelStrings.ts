/**
 * Every word that the lesson panel's page shows and that is not part of its state, all in one language. `{0}` in a text
 * stands for a value.
 */
export interface LessonPanelStrings {
  readonly run: string;
  readonly runAgain: string;
  readonly stop: string;
  readonly running: string;
  readonly openExercise: string;
  readonly showSolution: string;
  readonly resetExercise: string;
  readonly restoreExercise: string;
  /** Button that opens the lesson's questions. */
  readonly checkYourself: string;
  readonly openInPlayground: string;
  readonly nextLesson: string;
  readonly prerequisites: string;
  /** Heading of the result. */
  readonly result: string;
  readonly notGradedYet: string;
  readonly stale: string;
  readonly passed: string;
  readonly failed: string;
  /** Heading of the list of tests. */
  readonly tests: string;
  readonly expected: string;
  readonly actual: string;
  readonly console: string;
  /** Label before the schedule string. */
  readonly schedule: string;
  /** What a schedule is for, as a tooltip. */
  readonly scheduleHelp: string;
  readonly copySchedule: string;
  readonly replayFailure: string;
  readonly showFailure: string;
  readonly debugFailure: string;
  readonly debugLoop: string;
  /** Heading of the list of events. */
  readonly story: string;
  /** "{0} more events" */
  readonly storyOmitted: string;
  /** Button that unfolds the middle of a long story: "Show {0} more" */
  readonly storyMore: string;
  /** Heads of the story's columns: "Time", "Event", "Line". */
  readonly storyTime: string;
  readonly storyEvent: string;
  readonly storyLine: string;
  /** Heading of the hints. */
  readonly hints: string;
  /** "Show hint {0} of {1}" */
  readonly showHint: string;
  readonly allHintsShown: string;
  /** Tooltip of a link to the source: "Go to line {0}" */
  readonly goToLine: string;
  /** "Line {0}" */
  readonly line: string;
  /** Label of Go / TypeScript tabs for a screen reader. */
  readonly codeTabs: string;
  readonly copyCode: string;
  readonly copied: string;
  /** Heading over a diagram's text alternative. */
  readonly diagramDescription: string;
  /** Instead of a diagram that does not render. */
  readonly diagramFailed: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  /** "Fit to width" */
  readonly zoomFit: string;
  /** For a screen reader, on a diagram: "Plus and minus zoom, 0 fits, the arrow keys move." */
  readonly diagramKeys: string;
  /** Under a diagram with lit parts: "Highlighted: what takes part in the order that fails." */
  readonly diagramLit: string;
  /** Button under a diagram: "Step through it" */
  readonly stepThrough: string;
  /** Button under a diagram that nothing lights: "Light up with the natural order" */
  readonly lightNaturally: string;
  readonly previousEvent: string;
  readonly nextEvent: string;
  /** Button: back from one event to all of them. "The whole run" */
  readonly wholeRun: string;
  /** Heading over the counts of a diagram's parts, in words: "How often each part was taken" */
  readonly takenCounts: string;
  /** One of them: "{0}: {1} times", with a form for one. */
  readonly takenOnce: string;
  readonly takenTimes: string;
  /** After the part that the current event is about: "now" */
  readonly takenNow: string;
  /** Button that lets the learner choose what happens next. */
  readonly beatScheduler: string;
  /** In the status line, once the result is on screen: go back to where the reader was. "Back to the text" */
  readonly backToText: string;
  /** "Close", on a message about a problem. */
  readonly close: string;
  /** The language to switch to, in its own name: "简体中文" or "English". */
  readonly switchLanguage: string;
  /** Something went wrong, before the sentence that says what. */
  readonly problem: string;
}
