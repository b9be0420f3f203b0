/** What to learn next after a rehearsal: lessons, the one that brings most for its time first. Pure. */
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import type { RehearsalPlan, RehearsalScore, SkillScore } from "./rehearsal.ts";
import { areas, type ProfileId, type SkillId, skills } from "./skills.ts";

export interface StudyLesson {
  readonly id: string;
  /** Minutes that it takes. */
  readonly minutes: number;
  readonly skill: SkillId;
  /** The kinds of bugs that its mistakes show. */
  readonly teaches: ReadonlySet<Diagnosis>;
}

export interface StudyStep {
  readonly lesson: string;
  /** The skills that it makes up for, most points lost first. */
  readonly skills: readonly SkillId[];
  /** The kinds of bugs met in this rehearsal that it teaches. */
  readonly diagnoses: readonly Diagnosis[];
  /** Points lost that it could win back, weighted by how often the skill is wanted, for each hour. */
  readonly value: number;
  /** Points lost that it is about, before weighting. */
  readonly lost: number;
  readonly minutes: number;
}

/** Beyond so many a plan is a catalog. */
const mostSteps = 6;

/** Of the points that a skill lost, the share that a lesson wins back which trains only a neighbour with the same kind of bug. */
const borrowed = 0.5;

/**
 * value = Σ over skills (share of postings that want the skill's area × points lost in it × how much the lesson is about it) ÷ hours.
 * A lesson is about its own skill whole; about another skill by half where a kind of bug met there is one that it teaches.
 */
export function studyPlan(
  plan: RehearsalPlan,
  score: RehearsalScore,
  lessons: readonly StudyLesson[],
): readonly StudyStep[] {
  const lost = score.skills.filter(({ points, of }) => of - points > 0.05);
  const met = diagnosesBySkill(plan, score);
  return lessons
    .map((lesson) => stepOf(lesson, plan.profile, lost, met))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || (a.lesson < b.lesson ? -1 : 1))
    .slice(0, mostSteps);
}

function stepOf(
  { id, minutes, skill, teaches }: StudyLesson,
  profile: ProfileId,
  lost: readonly SkillScore[],
  met: ReadonlyMap<SkillId, ReadonlySet<Diagnosis>>,
): StudyStep {
  const parts = lost
    .map((each) => {
      const shared = [...(met.get(each.skill) ?? [])].filter((diagnosis) => teaches.has(diagnosis));
      const share = each.skill === skill ? 1 : shared.length > 0 ? borrowed : 0;
      const points = (each.of - each.points) * share;
      return {
        skill: each.skill,
        shared,
        points,
        wanted: (points * areas[skills[each.skill].area].share[profile]) / 100,
      };
    })
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.wanted - a.wanted);
  const sum = (of: (part: (typeof parts)[number]) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  return {
    lesson: id,
    skills: parts.map((part) => part.skill),
    diagnoses: [...new Set(parts.flatMap(({ shared }) => shared))],
    value: (sum(({ wanted }) => wanted) * 60) / minutes,
    lost: sum(({ points }) => points),
    minutes,
  };
}

function diagnosesBySkill(plan: RehearsalPlan, score: RehearsalScore): ReadonlyMap<SkillId, ReadonlySet<Diagnosis>> {
  const met = new Map<SkillId, Set<Diagnosis>>();
  const skillOf = new Map(plan.items.map(({ id, skill }) => [id, skill]));
  for (const { item, diagnoses } of score.items) {
    const skill = skillOf.get(item);
    if (skill === undefined) continue;
    const known = met.get(skill) ?? new Set();
    for (const diagnosis of diagnoses) known.add(diagnosis);
    met.set(skill, known);
  }
  return met;
}
