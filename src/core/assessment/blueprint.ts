/** What a rehearsal has to be made of, before anything is drawn: how many of what, how hard, and for how long. Pure. */
import type { LessonLevel } from "../lesson/lessonSchema.ts";
import type { RehearsalMinutes } from "./rehearsal.ts";
import { type AreaId, areaIds, areas, type ProfileId } from "./skills.ts";

export type QuestionKind = "predict-output" | "choose-design" | "find-bug";

export interface Blueprint {
  /** Questions of each kind. */
  readonly kinds: Readonly<Record<QuestionKind, number>>;
  /** Coding tasks. */
  readonly coding: number;
  /** Real seconds that each coding task is given. */
  readonly codingSeconds: number;
  /** Items of each area, coding tasks among them. */
  readonly areas: Readonly<Record<AreaId, number>>;
  /** Questions of each level. */
  readonly levels: Readonly<Record<LessonLevel, number>>;
  /** Of the coding tasks, those that fit best first. */
  readonly codingLevels: readonly LessonLevel[];
  /** Real seconds that all items together may be given. */
  readonly seconds: { readonly least: number; readonly most: number };
}

interface Length {
  readonly kinds: Readonly<Record<QuestionKind, number>>;
  readonly codingSeconds: number;
}

/** A question takes about 75 seconds, a bug in foreign code some two minutes; the coding tasks take 60 % of the time. */
const lengths: Readonly<Record<RehearsalMinutes, Length>> = {
  20: { kinds: { "predict-output": 3, "choose-design": 2, "find-bug": 1 }, codingSeconds: 360 },
  40: { kinds: { "predict-output": 5, "choose-design": 5, "find-bug": 3 }, codingSeconds: 660 },
  60: { kinds: { "predict-output": 7, "choose-design": 6, "find-bug": 4 }, codingSeconds: 1_080 },
};

const codingTasks = 2;
/** By how much the items' seconds together may differ from the length. */
const tolerance = 0.1;

const levelShares: Readonly<Record<ProfileId, Readonly<Record<LessonLevel, number>>>> = {
  campus: { introductory: 40, intermediate: 45, advanced: 15 },
  experienced: { introductory: 15, intermediate: 45, advanced: 40 },
};

const codingLevels: Readonly<Record<ProfileId, readonly LessonLevel[]>> = {
  campus: ["introductory", "intermediate", "advanced"],
  experienced: ["intermediate", "advanced", "introductory"],
};

export function blueprintOf(profile: ProfileId, minutes: RehearsalMinutes): Blueprint {
  const { kinds, codingSeconds } = lengths[minutes];
  const questions = kinds["predict-output"] + kinds["choose-design"] + kinds["find-bug"];
  const wanted: Readonly<Record<AreaId, number>> = {
    concurrency: areas.concurrency.share[profile],
    governance: areas.governance.share[profile],
    storage: areas.storage.share[profile],
  };
  return {
    kinds,
    coding: codingTasks,
    codingSeconds,
    areas: apportion(questions + codingTasks, wanted, areaIds),
    levels: apportion(questions, levelShares[profile], ["introductory", "intermediate", "advanced"]),
    codingLevels: codingLevels[profile],
    seconds: { least: minutes * 60 * (1 - tolerance), most: minutes * 60 * (1 + tolerance) },
  };
}

/** Shares of a whole number, as whole numbers that add up to it (the largest remainders are rounded up). */
function apportion<K extends string>(
  total: number,
  shares: Readonly<Record<K, number>>,
  keys: readonly K[],
): Readonly<Record<K, number>> {
  const sum = keys.reduce((all, key) => all + shares[key], 0);
  const exact = keys.map((key) => ({ key, share: (shares[key] / sum) * total }));
  const left = total - exact.reduce((all, { share }) => all + Math.floor(share), 0);
  const up = new Set(
    [...exact]
      .sort((a, b) => (b.share % 1) - (a.share % 1))
      .slice(0, left)
      .map(({ key }) => key),
  );
  const counts = exact.map(({ key, share }) => [key, Math.floor(share) + (up.has(key) ? 1 : 0)] as const);
  return Object.fromEntries(counts) as Record<K, number>;
}
