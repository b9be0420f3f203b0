/**
 * A rehearsal: what it asks, what was done in it, and what it came to. Plain data that is kept on disk; how it is drawn, recorded,
 * scored and told is beside this file. Pure.
 */
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import type { Words } from "../../protocol/words.ts";
import type { LessonLevel } from "../lesson/lessonSchema.ts";
import type { ProfileId, SkillId } from "./skills.ts";

export const rehearsalMinutes = [20, 40, 60] as const;
export type RehearsalMinutes = (typeof rehearsalMinutes)[number];

/** What a rehearsal is made of: the same seed, profile, length and material give the same one. */
export interface RehearsalPlan {
  readonly version: 1;
  /** Names its file: digits, letters and "-". */
  readonly id: string;
  readonly seed: number;
  readonly profile: ProfileId;
  readonly minutes: RehearsalMinutes;
  readonly items: readonly PlannedItem[];
  /** What the learner's history did to it; absent where the seed alone says the same. */
  readonly drawn?: DrawnBy;
}

/**
 * "around-history": what the learner had met was left out, so that the seed alone gives other items. "seed-alone": the seed was
 * typed in, and nothing was left out for it. "again": the items of an earlier rehearsal with this seed.
 */
export const drawnBys = ["around-history", "seed-alone", "again"] as const;
export type DrawnBy = (typeof drawnBys)[number];

interface ItemCommon {
  /** Unique in the plan: "1", "2" … in the order in which they are asked. */
  readonly id: string;
  readonly skill: SkillId;
  readonly level: LessonLevel;
  /** Real seconds that the plan gives it. */
  readonly seconds: number;
}

/** A question of the bank, by its id. */
export interface QuestionItem extends ItemCommon {
  readonly kind: "predict-output" | "choose-design" | "find-bug";
  readonly question: string;
}

/** A known mistake of a lesson: which kind of bug is it? */
export interface MistakeItem extends ItemCommon {
  readonly kind: "find-bug";
  readonly lesson: string;
  readonly mistake: string;
  /** In the order in which they are shown; the mistake's own is among them. */
  readonly options: readonly Diagnosis[];
}

/** An exercise to be written. */
export interface CodingItem extends ItemCommon {
  readonly kind: "coding";
  readonly lesson: string;
}

export type PlannedItem = QuestionItem | MistakeItem | CodingItem;

/** What was done with one item. */
export interface ItemRecord {
  /** Id of the chosen option (of a mistake: the diagnosis); absent where none is. */
  readonly choice?: string;
  readonly skipped: boolean;
  readonly flagged: boolean;
  /** Real ms that it was on the screen while the clock ran. */
  readonly activeMs: number;
  /** Of a coding task: the text as it was last. Absent where the starter was never touched. */
  readonly code?: string;
  /** Of a coding task: "explain it back", in one's own words. */
  readonly explanation?: string;
  /** Of a coding task: which points of the checklist the explanation made, by their index, as oneself sees it. */
  readonly checked?: readonly number[];
  /** Of a coding task: how one rates one's explanation, 1 to 5. */
  readonly rating?: number;
}

/** Time in which the clock stood still. */
export interface Pause {
  /** Real ms since 1970. */
  readonly from: number;
  readonly to: number;
  /** "closed": the window or the page was closed; "lost": it ended without a word, and this is when it was last heard of. */
  readonly why: "closed" | "lost" | "asked";
}

export interface RehearsalRecord {
  readonly plan: RehearsalPlan;
  /** Real ms since 1970. */
  readonly startedAt: number;
  /** Absent while it goes on. */
  readonly finished?: { readonly at: number; readonly why: "handed-in" | "time-up" };
  /** Real ms during which the clock ran. */
  readonly activeMs: number;
  readonly pauses: readonly Pause[];
  /** One for each item of the plan, by its id. */
  readonly items: Readonly<Record<string, ItemRecord>>;
}

/** The five things that a coding task is judged by. How clear the code is, nobody measures. */
export const criterionIds = ["natural", "every-order", "deadlines", "leaks", "limits"] as const;
export type CriterionId = (typeof criterionIds)[number];

/** What decided a point. */
export type Evidence =
  | { readonly type: "answer"; readonly chosen?: string; readonly right: string; readonly why: Words }
  | {
      readonly type: "test";
      readonly lesson: string;
      readonly test: string;
      readonly title: Words;
      readonly passed: boolean;
      readonly diagnosis?: Diagnosis;
      readonly message?: Words;
      /** Replays the failure; for a passed test absent. */
      readonly schedule?: string;
      readonly line?: number;
    }
  | { readonly type: "not-graded"; readonly why: Words };

export interface CriterionScore {
  readonly criterion: CriterionId;
  readonly points: number;
  readonly of: number;
  readonly evidence: readonly Evidence[];
}

export interface ItemScore {
  readonly item: string;
  readonly points: number;
  /** More than 0. */
  readonly of: number;
  /** Of a coding task; empty for a question. */
  readonly criteria: readonly CriterionScore[];
  readonly evidence: readonly Evidence[];
  /** The kinds of bugs that the code showed, the earliest test's first, or that a question was missed about. */
  readonly diagnoses: readonly Diagnosis[];
}

export interface SkillScore {
  readonly skill: SkillId;
  readonly points: number;
  /** 0 where nothing was asked. */
  readonly of: number;
}

export interface RehearsalScore {
  readonly version: 1;
  readonly items: readonly ItemScore[];
  readonly skills: readonly SkillScore[];
  readonly points: number;
  readonly of: number;
}
