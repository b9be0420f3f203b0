/** Everything that a rehearsal could ask this learner, told apart by kind, skill and level. Pure. */
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import type { Mistake } from "../lesson/lessonFiles.ts";
import type { LessonLevel } from "../lesson/lessonSchema.ts";
import { askedCode } from "../questions/reviewQuestion.ts";
import type { QuestionKind } from "./blueprint.ts";
import type { Material, Past } from "./drawInputs.ts";
import { skillOfLesson } from "./lessonSkills.ts";
import type { RehearsalPlan } from "./rehearsal.ts";
import { type AreaId, type SkillId, skills } from "./skills.ts";

interface CandidateCommon {
  readonly kind: QuestionKind;
  readonly skill: SkillId;
  readonly area: AreaId;
  readonly level: LessonLevel;
  readonly seconds: number;
  /** 0 where it is new to the learner; the larger, the later it was asked. */
  readonly asked: number;
  /** Of a bug's code, else 0. */
  readonly lines: number;
  /** The lesson that it gives something away about. */
  readonly lesson?: string;
}

export type Candidate = CandidateCommon &
  (
    { readonly question: string } | { readonly mistake: string; readonly lesson: string; readonly diagnosis: Diagnosis }
  );

export interface CodingCandidate {
  readonly lesson: string;
  readonly skill: SkillId;
  readonly area: AreaId;
  readonly level: LessonLevel;
  /** The larger, the later it was asked or passed; 0 for neither. */
  readonly known: number;
  readonly minutes: number;
}

/** Longer code cannot be read in the time. */
const mostLines = 72;
const secondsOfBug = (lines: number): number => Math.min(180, Math.max(60, 5 * Math.round((40 + 1.5 * lines) / 5)));

export function questionsOf({ bank }: Material, past: Past): readonly Candidate[] {
  const asked = (id: string): number => askedRank(past.plans, (item) => "question" in item && item.question === id);
  return bank.flatMap(({ skill, questions }) =>
    questions.map((question) => ({
      kind: question.kind,
      skill,
      area: skills[skill].area,
      level: question.level,
      seconds: question.seconds,
      asked: asked(question.id),
      lines: "code" in question && question.kind === "find-bug" ? linesOf(question.code) : 0,
      question: question.id,
      ...(question.kind === "find-bug" ? { lesson: question.lesson } : {}),
    })),
  );
}

/** None that the learner wrote, saw, or ran into lately, and none of a lesson that gave hints or its solution lately. */
export function mistakesOf({ lessons, mistakes }: Material, past: Past): readonly Candidate[] {
  const written = new Set(past.written.map(withoutLayout));
  const asked = new Set(
    past.plans.flatMap(({ items }) => items.flatMap((item) => ("mistake" in item ? [nameOf(item)] : []))),
  );
  const met = new Set(past.met.map(({ lesson, diagnosis }) => `${lesson}/${diagnosis}`));
  const isNew = (lesson: string, { name, diagnosis, code }: Mistake): boolean => {
    const id = nameOf({ lesson, mistake: name });
    return (
      !asked.has(id) &&
      !past.reviewed.has(id) &&
      !met.has(`${lesson}/${diagnosis}`) &&
      !(written.size > 0 && written.has(withoutLayout(code)))
    );
  };
  return lessons.flatMap(({ id: lesson, level, skills: words }) => {
    const skill = skillOfLesson(words);
    if (skill === undefined || past.helped.has(lesson)) return [];
    return (mistakes.get(lesson) ?? []).flatMap((mistake): readonly Candidate[] => {
      const lines = linesOf(askedCode(mistake));
      if (lines > mostLines || !isNew(lesson, mistake)) return [];
      const { name, diagnosis } = mistake;
      const common = { kind: "find-bug" as const, skill, area: skills[skill].area, level, asked: 0, lines };
      return [{ ...common, seconds: secondsOfBug(lines), lesson, mistake: name, diagnosis }];
    });
  });
}

export function codingOf({ lessons }: Material, past: Past): readonly CodingCandidate[] {
  return lessons.flatMap(({ id, level, skills: words, minutes }) => {
    const skill = skillOfLesson(words);
    if (skill === undefined) return [];
    const asked = askedRank(past.plans, (item) => item.kind === "coding" && item.lesson === id);
    const known = past.passed.has(id) || past.helped.has(id) ? past.plans.length + 1 : asked;
    return [{ lesson: id, skill, area: skills[skill].area, level, known, minutes }];
  });
}

/** How late it was asked: the number of rehearsals for the last one, 1 for the first of all, 0 for never. */
function askedRank(plans: readonly RehearsalPlan[], isIt: (item: RehearsalPlan["items"][number]) => boolean): number {
  const index = plans.findIndex(({ items }) => items.some(isIt));
  return index === -1 ? 0 : plans.length - index;
}

function nameOf({ lesson, mistake }: { readonly lesson: string; readonly mistake: string }): string {
  return `${lesson}/${mistake}`;
}

function linesOf(code: string): number {
  return code.trimEnd().split("\n").length;
}

/** Code without comments and spaces: who writes the same mistake lays it out in another way. */
function withoutLayout(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\/|(?<![:"'`])\/\/.*$/gm, "").replace(/\s+/g, "");
}
