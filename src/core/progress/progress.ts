/**
 * What a learner has done, as a list of events, and what it amounts to. Lists from several windows are merged in any
 * order and any number of times with the same outcome: an event has a unique id, and the state is made from the set of
 * events, sorted. Pure.
 */
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import type { ProgressEvent } from "./progressEvents.ts";
import { afterEvent, type ReviewCard, type ReviewCards } from "../questions/reviewCards.ts";

export interface LessonState {
  readonly status: "not-started" | "in-progress" | "passed";
  /** How often the exercise was graded. */
  readonly attempts: number;
  /** Of the lesson's own tests, in the last run that came to a result. */
  readonly tests?: { readonly passed: number; readonly total: number };
  /** Hints revealed so far; they stay revealed. */
  readonly hintsShown: number;
  readonly solutionShown: boolean;
  /** Time of the first and of the last event that counts for this lesson; absent where there is none. */
  readonly firstAt?: number;
  readonly lastAt?: number;
  /** Time of the first pass. */
  readonly passedAt?: number;
  /** How often it had been graded then, the pass among them. */
  readonly attemptsUntilPassed?: number;
  /** The pack's version at the last pass; absent where the pack says none. */
  readonly passedVersion?: string;
  /** The first pass came before the solution was looked at. */
  readonly passedUnaided: boolean;
  /** How often each kind of bug showed. */
  readonly diagnoses: ReadonlyMap<Diagnosis, number>;
}

const untouched: LessonState = {
  status: "not-started",
  attempts: 0,
  hintsShown: 0,
  solutionShown: false,
  passedUnaided: false,
  diagnoses: new Map(),
};

export class Progress {
  readonly #events: ReadonlyMap<string, ProgressEvent>;
  readonly #states: ReadonlyMap<string, LessonState>;
  readonly #cards: ReviewCards;
  /** Time of the last event. */
  readonly #latest: number;

  private constructor(
    events: ReadonlyMap<string, ProgressEvent>,
    states: ReadonlyMap<string, LessonState>,
    cards: ReviewCards,
    latest: number,
  ) {
    this.#events = events;
    this.#states = states;
    this.#cards = cards;
    this.#latest = latest;
  }

  static of(...lists: readonly (readonly ProgressEvent[])[]): Progress {
    const events = new Map<string, ProgressEvent>();
    for (const list of lists) {
      for (const event of list) {
        const known = events.get(event.id);
        // Two different events under one id come from a damaged file: keep one of them, the same one in any order.
        if (known === undefined || JSON.stringify(event) < JSON.stringify(known)) events.set(event.id, event);
      }
    }
    const sorted = [...events.values()].sort(byTime);
    const cards = sorted.reduce<ReviewCards>(afterEvent, new Map());
    return new Progress(events, after(new Map(), sorted), cards, sorted.at(-1)?.at ?? 0);
  }

  /** With one more event: cheap where it is the latest, as what has just happened is. */
  with(event: ProgressEvent): Progress {
    if (event.at <= this.#latest || this.#events.has(event.id)) return Progress.of([...this.#events.values()], [event]);
    const events = new Map(this.#events).set(event.id, event);
    return new Progress(events, after(this.#states, [event]), afterEvent(this.#cards, event), event.at);
  }

  /** Ids of the lessons that something is known of. */
  get lessons(): readonly string[] {
    return [...this.#states.keys()];
  }

  lesson(id: string): LessonState {
    return this.#states.get(id) ?? untouched;
  }

  /** Kinds of bugs that runs have shown since then (real ms since 1970), each with its lesson. */
  metSince(at: number): readonly { readonly lesson: string; readonly diagnosis: Diagnosis }[] {
    return [...this.#events.values()].flatMap((event) =>
      event.type === "graded" && event.at >= at
        ? event.diagnoses.map((diagnosis) => ({ lesson: event.lesson, diagnosis }))
        : [],
    );
  }

  /** Lessons whose questions, hints or solution were shown since then (real ms since 1970). */
  shownSince(at: number): { readonly quizzes: ReadonlySet<string>; readonly help: ReadonlySet<string> } {
    const lately = [...this.#events.values()].filter((event) => event.at >= at);
    const lessonsOf = (...types: readonly ProgressEvent["type"][]): ReadonlySet<string> =>
      new Set(lately.flatMap(({ type, lesson }) => (types.includes(type) ? [lesson] : [])));
    return { quizzes: lessonsOf("quiz-shown"), help: lessonsOf("hint-shown", "solution-shown") };
  }

  /** Mistakes that reviews have shown, as "lesson/mistake". */
  get reviewedMistakes(): ReadonlySet<string> {
    const reviewed = [...this.#events.values()].filter((event) => event.type === "reviewed");
    return new Set(reviewed.map(({ lesson, mistake }) => `${lesson}/${mistake}`));
  }

  /** Kinds of bugs that this learner ran into and has not yet got the better of, the one that is due first coming first. */
  get reviewCards(): readonly ReviewCard[] {
    return [...this.#cards.values()].sort((a, b) => a.dueAt - b.dueAt || (a.diagnosis < b.diagnosis ? -1 : 1));
  }
}

/** What the lessons' states are after these events, in order. */
function after(
  before: ReadonlyMap<string, LessonState>,
  events: readonly ProgressEvent[],
): ReadonlyMap<string, LessonState> {
  const states = new Map(before);
  for (const event of events) {
    // A look at another lesson's mistake, or at its questions, is no beginning of that lesson.
    if (event.type !== "reviewed" && event.type !== "quiz-shown")
      states.set(event.lesson, apply(states.get(event.lesson) ?? untouched, event));
  }
  return states;
}

function byTime(a: ProgressEvent, b: ProgressEvent): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}

function apply(
  state: LessonState,
  event: Exclude<ProgressEvent, { readonly type: "reviewed" | "quiz-shown" }>,
): LessonState {
  const status = state.status === "not-started" ? "in-progress" : state.status;
  const started: LessonState = { ...state, status, firstAt: state.firstAt ?? event.at, lastAt: event.at };
  switch (event.type) {
    case "opened":
    case "reset":
      return started;
    case "hint-shown":
      return { ...started, hintsShown: Math.max(started.hintsShown, event.hint) };
    case "solution-shown":
      return { ...started, solutionShown: true };
    case "graded":
      return afterGrading(started, event);
  }
}

function afterGrading(state: LessonState, event: ProgressEvent & { readonly type: "graded" }): LessonState {
  const diagnoses = new Map(state.diagnoses);
  for (const each of event.diagnoses) diagnoses.set(each, (diagnoses.get(each) ?? 0) + 1);
  const next: LessonState = {
    ...state,
    attempts: state.attempts + 1,
    diagnoses,
    ...(event.tests === undefined ? {} : { tests: event.tests }),
    ...(event.passed && event.version !== undefined ? { passedVersion: event.version } : {}),
  };
  if (!event.passed || state.status === "passed") return next;
  const passed = { status: "passed", passedAt: event.at, attemptsUntilPassed: next.attempts } as const;
  return { ...next, ...passed, passedUnaided: !state.solutionShown };
}
