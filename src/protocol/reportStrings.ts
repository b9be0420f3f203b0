/**
 * Every word of a rehearsal's report and of the market view that does not depend on the rehearsal: for the page and for what is
 * exported. `{0}` in a text stands for a value. Plain data.
 */
export interface ReportStrings {
  /** Of the panel's tab. */
  readonly panelTitle: string;
  /** Headings, in the order of the report. */
  readonly result: string;
  readonly skills: string;
  readonly time: string;
  readonly items: string;
  readonly bugs: string;
  readonly plan: string;
  readonly explained: string;
  readonly history: string;
  readonly pauses: string;
  readonly limits: string;

  // What stands under them.
  readonly skillsIntro: string;
  readonly timeIntro: string;
  readonly itemsIntro: string;
  readonly bugsIntro: string;
  readonly noBugs: string;
  readonly planIntro: string;
  readonly noPlan: string;
  readonly explainedIntro: string;
  readonly historyIntro: string;
  readonly onlyOne: string;

  // Columns, and what stands before a value.
  readonly item: string;
  readonly skill: string;
  readonly area: string;
  readonly score: string;
  readonly planned: string;
  readonly used: string;
  readonly you: string;
  readonly notAsked: string;
  readonly lesson: string;
  readonly minutes: string;
  /** "{0} minutes" */
  readonly takes: string;
  readonly why: string;
  readonly rehearsal: string;
  readonly yourAnswer: string;
  readonly noAnswer: string;
  readonly rightAnswer: string;
  readonly explanation: string;
  readonly yourRating: string;
  readonly test: string;
  readonly passed: string;
  readonly failed: string;
  readonly schedule: string;
  /** "line {0}" */
  readonly line: string;
  readonly handedIn: string;
  readonly taughtBy: string;

  // Of the page alone.
  readonly asTable: string;
  readonly showEvidence: string;
  readonly replay: string;
  /** "Replay {0}", for screen readers. */
  readonly replayTest: string;
  readonly openCode: string;
  readonly openLesson: string;
  readonly openReport: string;
  readonly exportAs: string;
  readonly exportMarkdown: string;
  readonly exportHtml: string;
  readonly exportJson: string;
  readonly remove: string;
  readonly showMarket: string;
  readonly switchLanguage: string;
  readonly problem: string;
}

export interface MarketStrings {
  readonly title: string;
  readonly intro: string;
  readonly starGrowth: string;
  readonly responseDays: string;
  readonly diversity: string;
  /** "{0} % a year" */
  readonly perYear: string;
  /** "{0} days" */
  readonly days: string;
  readonly sum: string;
  /** Between a name and its value. */
  readonly colon: string;
  readonly sumExplained: string;
  readonly contribution: string;
  readonly input: string;
  readonly formula: string;
  readonly claims: string;
  readonly claimList: readonly string[];
  readonly cannot: string;
  readonly cannotList: readonly string[];
  readonly quotes: string;
  readonly quoteList: readonly { readonly quote: string; readonly comment: string }[];
  readonly startOver: string;
}
