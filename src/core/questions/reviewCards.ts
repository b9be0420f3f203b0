/**
 * The review queue: a card for each kind of bug that a learner ran into. It comes up again after a day, then at growing
 * distances for as long as the answers are right; a wrong answer, or running into the bug once more, begins anew. Pure.
 */
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import type { ProgressEvent } from "../progress/progressEvents.ts";

export interface ReviewCard {
  readonly diagnosis: Diagnosis;
  /** Lessons in which the learner ran into it, the latest last. */
  readonly lessons: readonly string[];
  /** How often the learner ran into it. */
  readonly met: number;
  /** Right answers in a row. */
  readonly step: number;
  /** Real time, ms since 1970. */
  readonly dueAt: number;
  /** "lesson/mistake" that were shown, the latest last. */
  readonly shown: readonly string[];
}

export type ReviewCards = ReadonlyMap<Diagnosis, ReviewCard>;

/** Ms. */
export const day = 24 * 3_600_000;
/**
 * Days until the next look, by right answers in a row: each about twice the one before, as in Leitner's boxes. After the last
 * one the card is put away.
 */
const distances: readonly number[] = [1, 3, 7, 16, 35];

/** The cards after one more event; events come in the order of their times. */
export function afterEvent(cards: ReviewCards, event: ProgressEvent): ReviewCards {
  if (event.type === "graded") {
    // What the earliest failing test says names the mistake; what follows from it would be asked for nothing.
    const [diagnosis] = event.diagnoses;
    return event.passed || diagnosis === undefined
      ? cards
      : new Map(cards).set(diagnosis, metAgain(cards.get(diagnosis), diagnosis, event));
  }
  if (event.type !== "reviewed") return cards;
  const card = cards.get(event.diagnosis);
  if (card === undefined) return cards;
  const next = new Map(cards);
  const reviewed = afterAnswer(card, event);
  if (reviewed === undefined) next.delete(event.diagnosis);
  else next.set(event.diagnosis, reviewed);
  return next;
}

/** Cards that are to be looked at by then, the longest waiting first. */
export function dueCards(cards: readonly ReviewCard[], now: number): readonly ReviewCard[] {
  return cards.filter(({ dueAt }) => dueAt <= now);
}

function metAgain(
  card: ReviewCard | undefined,
  diagnosis: Diagnosis,
  { at, lesson }: { readonly at: number; readonly lesson: string },
): ReviewCard {
  const dueAt = at + (distances[0] ?? 0) * day;
  if (card === undefined) return { diagnosis, lessons: [lesson], met: 1, step: 0, dueAt, shown: [] };
  const lessons = [...card.lessons.filter((each) => each !== lesson), lesson];
  // Who runs into it day after day is asked all the same: the time set first counts.
  return { ...card, lessons, met: card.met + 1, step: 0, dueAt: Math.min(card.dueAt, dueAt) };
}

function afterAnswer(card: ReviewCard, event: ProgressEvent & { readonly type: "reviewed" }): ReviewCard | undefined {
  const name = `${event.lesson}/${event.mistake}`;
  const step = event.right ? card.step + 1 : 0;
  const days = distances[step];
  if (days === undefined) return undefined;
  return { ...card, step, dueAt: event.at + days * day, shown: [...card.shown.filter((each) => each !== name), name] };
}
