/** What a rehearsal is drawn from, and what is known of the learner. Plain data. */
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import type { Mistake } from "../lesson/lessonFiles.ts";
import type { LessonLevel } from "../lesson/lessonSchema.ts";
import type { BankFile } from "./questionBank.ts";
import type { RehearsalMinutes, RehearsalPlan } from "./rehearsal.ts";
import type { ProfileId } from "./skills.ts";

export interface DrawRequest {
  /** Of the rehearsal; names its file. */
  readonly id: string;
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  readonly profile: ProfileId;
  readonly minutes: RehearsalMinutes;
}

export interface DrawLesson {
  readonly id: string;
  readonly level: LessonLevel;
  /** As in its lesson.json. */
  readonly skills: readonly string[];
  /** What a learner needs for it when it is new. */
  readonly minutes: number;
}

export interface Material {
  readonly bank: readonly BankFile[];
  readonly lessons: readonly DrawLesson[];
  /** By lesson. */
  readonly mistakes: ReadonlyMap<string, readonly Mistake[]>;
  /** What a mistake's code shows in any order, where it is known: none of it is a wrong answer. */
  readonly shown?: (lesson: string, mistake: string) => readonly Diagnosis[];
}

/** What is not to be asked again, or only when nothing else is left. */
export interface Past {
  /** What the learner has written: a mistake that says the same is not asked. */
  readonly written: readonly string[];
  /** Mistakes that a review has shown, as "lesson/mistake". */
  readonly reviewed: ReadonlySet<string>;
  /** Kinds of bugs that the learner ran into lately, or was told of by a lesson's questions, with the lesson. */
  readonly met: readonly { readonly lesson: string; readonly diagnosis: Diagnosis }[];
  /** Lessons that the learner has passed lately. */
  readonly passed: ReadonlySet<string>;
  /** Lessons whose hints or solution the learner has looked at lately: none of their mistakes is asked, and they are coded last. */
  readonly helped: ReadonlySet<string>;
  /** Earlier rehearsals, the latest first. */
  readonly plans: readonly RehearsalPlan[];
}

/** What is known of somebody of whom nothing is known. */
export const nothingKnown: Past = {
  written: [],
  reviewed: new Set(),
  met: [],
  passed: new Set(),
  helped: new Set(),
  plans: [],
};
