/** How far a person has come in an onboarding: steps with their state and due day. Pure. */
import type { Words } from "../../protocol/words.ts";
import type { Progress } from "../progress/progress.ts";
import type { Catalog, LessonMeta } from "../lesson/lessonSchema.ts";
import type { CodeStop, Onboarding, OnboardingStep } from "./onboardingSchema.ts";

/** What is kept of a person in one repository. */
export interface OnboardingPerson {
  /** The day on which they began (days.ts); undefined before that. */
  readonly started?: number;
  /** The stops that they have seen. */
  readonly seen: readonly string[];
}

export interface OnboardingSituation {
  readonly onboarding: Onboarding;
  readonly catalog: Catalog;
  readonly metas: ReadonlyMap<string, LessonMeta>;
  readonly progress: Progress;
  readonly person: OnboardingPerson;
  /** The number of the present day. */
  readonly today: number;
}

export interface StepProgress {
  readonly step: OnboardingStep;
  readonly title: Words;
  /** "aided": passed, but with the solution open where the mark says unaided. "unknown": there is no such lesson, track or stop. */
  readonly state: "done" | "aided" | "begun" | "open" | "unknown";
  /** How much of the pass mark is reached, where it is more than one lesson. */
  readonly count?: { readonly passed: number; readonly wanted: number };
  /** The number of a day; undefined where there is none, or the person has not begun. */
  readonly due?: number;
  readonly overdue: boolean;
  /** Stops that belong to this step: of its lesson, or the one that it is. */
  readonly stops: readonly CodeStop[];
}

export interface OnboardingProgress {
  readonly steps: readonly StepProgress[];
  /** Stops that no step shows. */
  readonly otherStops: readonly CodeStop[];
  readonly done: number;
  readonly overdue: number;
}

export function onboardingProgress(situation: OnboardingSituation): OnboardingProgress {
  const { onboarding } = situation;
  const steps = onboarding.steps.map((step) => stepProgress(step, situation));
  const shown = new Set(steps.flatMap((each) => each.stops));
  return {
    steps,
    otherStops: onboarding.stops.filter((each) => !shown.has(each)),
    done: steps.filter(({ state }) => state === "done").length,
    overdue: steps.filter(({ overdue }) => overdue).length,
  };
}

/** The stops in the order in which the steps lead to them. */
export function stopOrder(progress: OnboardingProgress): readonly CodeStop[] {
  return [...new Set([...progress.steps.flatMap((each) => each.stops), ...progress.otherStops])];
}

function stepProgress(step: OnboardingStep, situation: OnboardingSituation): StepProgress {
  const { person, today } = situation;
  const reached = reachedBy(step, situation);
  const due = person.started === undefined || step.due === undefined ? undefined : person.started + step.due;
  const overdue = due !== undefined && today > due && reached.state !== "done" && reached.state !== "unknown";
  return { step, ...reached, ...(due === undefined ? {} : { due }), overdue };
}

type Reached = Pick<StepProgress, "title" | "state" | "count" | "stops">;

function reachedBy(step: OnboardingStep, situation: OnboardingSituation): Reached {
  switch (step.kind) {
    case "lesson":
      return lessonReached(step, situation);
    case "track":
      return trackReached(step, situation);
    case "stop":
      return stopReached(step, situation);
  }
}

function lessonReached(
  step: OnboardingStep & { readonly kind: "lesson" },
  { metas, progress, onboarding }: OnboardingSituation,
): Reached {
  const stepStops = new Set(onboarding.steps.flatMap((each) => (each.kind === "stop" ? [each.id] : [])));
  // A stop that is a step of its own stands there.
  const stops = onboarding.stops.filter(({ lesson, id }) => lesson === step.id && !stepStops.has(id));
  const title = metas.get(step.id)?.title;
  if (title === undefined) return { title: nameOnly(step.id), state: "unknown", stops };
  const { status, passedUnaided } = progress.lesson(step.id);
  const aided = step.pass === "unaided" && !passedUnaided;
  const state = status === "passed" ? (aided ? "aided" : "done") : status === "in-progress" ? "begun" : "open";
  return { title, state, stops };
}

function trackReached(
  step: OnboardingStep & { readonly kind: "track" },
  { catalog, progress }: OnboardingSituation,
): Reached {
  const track = catalog.tracks.find((each) => each.id === step.id);
  if (track === undefined) return { title: nameOnly(step.id), state: "unknown", stops: [] };
  const states = track.lessons.map((id) => progress.lesson(id));
  const passed = states.filter(({ status }) => status === "passed");
  const { lessons: wanted = track.lessons.length, unaided = 0 } = step.pass ?? {};
  const enough = passed.length >= wanted;
  const aided = passed.filter(({ passedUnaided }) => passedUnaided).length < unaided;
  const begun = states.some(({ status }) => status !== "not-started");
  const state = enough ? (aided ? "aided" : "done") : begun ? "begun" : "open";
  return { title: track.title, state, count: { passed: Math.min(passed.length, wanted), wanted }, stops: [] };
}

function stopReached(step: OnboardingStep, { onboarding, person }: OnboardingSituation): Reached {
  const stop = onboarding.stops.find(({ id }) => id === step.id);
  if (stop === undefined) return { title: nameOnly(step.id), state: "unknown", stops: [] };
  return { title: stop.title, state: person.seen.includes(stop.id) ? "done" : "open", stops: [stop] };
}

function nameOnly(id: string): Words {
  return { en: id, "zh-cn": id };
}
