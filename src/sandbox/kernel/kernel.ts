/** What the kernel of a realm can do for the sandbox process: strings, numbers, and the realm's own functions and promises. */
/** What a compiled module is: it takes what it imports, and gives what it exports. */
type Imports = (specifier: string) => unknown;
export type Factory = (imports: Imports) => unknown;

/** Both modules with marks, as functions of this realm. */
export interface MarkedModules {
  readonly exercise: Factory;
  readonly spec: Factory;
}

/** What the sandbox process calls. Answers are JSON text or numbers. */
export interface Kernel {
  /**
   * Takes the compiled modules: functions of this realm. The file name tells the exercise's frames in stack traces; the
   * code is the exercise's as it runs, with its lines and columns.
   */
  load(
    exercise: Factory,
    spec: Factory | undefined,
    exerciseFile: string,
    exerciseCode: string,
    marked?: MarkedModules,
  ): void;
  /** Evaluates both modules once: `{ tests: [{name, title}] }` or `{ error: {part, text, explanation, line, column} }`. */
  list(): string;
  /** Begins a run. The plan is a `Plan` as JSON, or the decisions of a `FollowPlan`, joined by commas. */
  begin(test: string, plan: string, seed: number, recording: boolean): void;
  /** From here on, until another test is explored, the orders of this test are counted by `countOrder`. */
  explore(test: string): void;
  /** Counts the order that has run to its end. */
  countOrder(): void;
  /** What was counted: a `TestSpace`. */
  space(): string;
  /**
   * Begins a run that takes down what each of its turns touches: with the marked modules, and with `promiseMade` and
   * `promiseSettled` told of every promise from here on.
   */
  beginWatched(test: string, plan: string, seed: number): void;
  promiseMade(promise: object, parent: object | undefined): void;
  promiseSettled(promise: object): void;
  /** Of the watched run: `events`, `blocked` and `outdates` of its `RunRecord`. */
  watched(): string;
  /** What the turns of the watched run touched: a `Footprints`; for tests. */
  footprints(): string;
  /** For each event of the watched run what could have come, and which of it did: `Passed[]`; for tests. */
  passed(): string;
  /** For each event of the watched run why its footprint is unknown, or null; for tests. */
  unknownReasons(): string;
  /** Tells of each event of the runs that `begin` records from here on, as it happens: a `TraceEvent`, as in `TraceRecorder.follow`. */
  follow(follower: (event: string) => void): void;
  /** Begins the exercise module alone, as a script. */
  beginScript(): void;
  /** From here on, runs are simulated in this scenario: a `Scenario` as JSON. */
  simulate(scenario: string): void;
  /** Begins a run of the exercise's `main` in that scenario. */
  beginSimulated(run: number, recording: boolean): void;
  /** What came of that run: a `Sample`. */
  sample(): string;
  /** Does the next thing. 0: go on once microtasks have run; 1: ended, passed; 2: ended, failed. */
  step(): number;
  /** A promise of this realm was rejected and nobody has handled it. */
  rejected(reason: unknown): void;
  /** Promises of this realm were rejected, nobody has handled them, and they were made so that the host cannot look. */
  rejectionHidden(): void;
  /** What the run is faulted for so far; "" for nothing. */
  failure(): string;
  /** The option counts of the run so far, one character each. */
  optionCounts(): string;
  /** How many of them were an abort that strikes, one character each. */
  strikeCounts(): string;
  /** The options that the run has taken so far, one character each. */
  taken(): string;
  /** Where a run by steps broke off: what may come next, a list of `StepOption`; "" where it did not. */
  offered(): string;
  /** Steps of a kept case that the run has taken. */
  stepsDone(): number;
  /** The plan speaks of options that the run does not have. */
  misfit(): boolean;
  /** A number that two runs share when the same events happened at the same times in both. */
  fingerprint(): number;
  /** The run's virtual time, ms. */
  now(): number;
  /** How many timers and operations the run started. */
  size(): number;
  /** What the run printed, as a list. */
  output(): string;
  /** What is to be told of the run: `{ failure?, output, trace }`. */
  report(): string;
}
