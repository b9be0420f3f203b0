/**
 * Draws a rehearsal: the same request and inputs give the same plan. What is left to chance is tried several times, until a
 * plan holds to the blueprint in everything; the nearest one is taken where none does. Pure.
 */
import { Random } from "../../base/random.ts";
import { type Diagnosis, diagnosisIds } from "../../protocol/diagnosis.ts";
import type { LessonLevel } from "../lesson/lessonSchema.ts";
import { type Blueprint, blueprintOf, type QuestionKind } from "./blueprint.ts";
import type { DrawRequest, Material, Past } from "./drawInputs.ts";
import { type Candidate, type CodingCandidate, codingOf, mistakesOf, questionsOf } from "./drawPool.ts";
import type { PlannedItem, RehearsalPlan } from "./rehearsal.ts";
import type { AreaId, SkillId } from "./skills.ts";

const mostTries = 300;
const mistakeOptions = 4;

/** @returns a plan with as many items as there is material for: fewer than the blueprint says where it is short. */
export function drawRehearsal(request: DrawRequest, material: Material, past: Past): RehearsalPlan {
  const { id, seed, profile, minutes } = request;
  const blueprint = blueprintOf(profile, minutes);
  const random = new Random(seed);
  const pool = { questions: questionsOf(material, past), mistakes: mistakesOf(material, past) };
  const coding = codingOf(material, past);
  let best: Draft | undefined;
  for (let tries = 0; tries < mostTries && best?.faults !== 0; tries++) {
    const draft = drawOnce(blueprint, pool, coding, random);
    if (best === undefined || draft.faults < best.faults) best = draft;
  }
  return {
    version: 1,
    id,
    seed,
    profile,
    minutes,
    items: best === undefined ? [] : itemsOf(best, blueprint, material, random),
  };
}

interface Pool {
  readonly questions: readonly Candidate[];
  readonly mistakes: readonly Candidate[];
}

interface Draft {
  readonly questions: readonly Candidate[];
  readonly coding: readonly CodingCandidate[];
  /** 0 where it holds to the blueprint. */
  readonly faults: number;
}

/** What is still to be drawn; counted down. */
interface Left {
  readonly areas: Record<AreaId, number>;
  readonly levels: Record<LessonLevel, number>;
  /** How often each skill was drawn. */
  readonly used: Map<SkillId, number>;
}

function drawOnce(blueprint: Blueprint, pool: Pool, candidates: readonly CodingCandidate[], random: Random): Draft {
  const left: Left = { areas: { ...blueprint.areas }, levels: { ...blueprint.levels }, used: new Map() };
  const coding = drawCoding(blueprint, candidates, left, random);
  const given = new Set(coding.map(({ lesson }) => lesson));
  const isFair = ({ lesson }: Candidate): boolean => lesson === undefined || !given.has(lesson);
  const { kinds } = blueprint;
  const bugs = drawBugs(kinds["find-bug"], pool, isFair, left, random);
  const others = random.shuffle<QuestionKind>([
    ...Array<QuestionKind>(kinds["predict-output"] + kinds["find-bug"] - bugs.length).fill("predict-output"),
    ...Array<QuestionKind>(kinds["choose-design"]).fill("choose-design"),
  ]);
  const questions = [...bugs, ...drawQuestions(others, pool.questions, left, random)];
  const seconds = questions.reduce((sum, each) => sum + each.seconds, coding.length * blueprint.codingSeconds);
  const { least, most } = blueprint.seconds;
  const missing =
    blueprint.coding -
    coding.length +
    (kinds["find-bug"] - bugs.length) +
    (others.length + bugs.length - questions.length);
  const wrong = [...Object.values(left.areas), ...Object.values(left.levels)].reduce(
    (sum, each) => sum + Math.abs(each),
    0,
  );
  const off = Math.max(0, least - seconds, seconds - most);
  return { questions, coding, faults: 1_000 * missing + 100 * wrong + off };
}

/** Two skills; the first is of the area that is asked for most, where there is a choice. */
function drawCoding(
  { coding, codingLevels, codingSeconds }: Blueprint,
  candidates: readonly CodingCandidate[],
  left: Left,
  random: Random,
): readonly CodingCandidate[] {
  const drawn: CodingCandidate[] = [];
  for (let count = 0; count < coding; count++) {
    const area = count === 0 ? mostWanted(left.areas) : drawArea(left.areas, random);
    const rank = (of: CodingCandidate): readonly number[] => [
      of.area === area ? 0 : 1,
      Math.max(0, codingLevels.indexOf(of.level) - 1),
      of.known,
      // What takes an hour when it is new is not written in six minutes.
      of.minutes * 20 > codingSeconds * 2.5 ? 1 : 0,
    ];
    const free = candidates.filter(({ skill }) => !left.used.has(skill));
    const [first] = best(random.shuffle(free), rank);
    if (first === undefined) break;
    drawn.push(first);
    take(left, first);
  }
  return drawn;
}

/** Bugs of lessons before those of the bank, short ones first, of an area and a level that are still wanted. */
function drawBugs(
  count: number,
  pool: Pool,
  isFair: (candidate: Candidate) => boolean,
  left: Left,
  random: Random,
): readonly Candidate[] {
  const drawn: Candidate[] = [];
  const kept = pool.questions.filter(({ kind, lines, asked }) => kind === "find-bug" && lines > 0 && asked === 0);
  const all = [...pool.mistakes, ...kept].filter(isFair);
  const isWanted = ({ area, level }: Candidate): boolean => left.areas[area] > 0 && left.levels[level] > 0;
  const lessons = new Set<string | undefined>();
  while (drawn.length < count) {
    const wanted = all.filter((each) => isWanted(each) && !lessons.has(each.lesson));
    if (wanted.length === 0) break;
    const area = drawArea(countBy(wanted, left.areas), random);
    const fit = wanted.filter((each) => each.area === area).sort((a, b) => a.lines - b.lines);
    const short = fit.slice(0, Math.ceil(fit.length / 2));
    const [first] = random.shuffle(short);
    if (first === undefined) break;
    drawn.push(first);
    lessons.add(first.lesson);
    take(left, first);
    left.levels[first.level]--;
  }
  return drawn;
}

function drawQuestions(
  kinds: readonly QuestionKind[],
  pool: readonly Candidate[],
  left: Left,
  random: Random,
): readonly Candidate[] {
  const drawn = new Set<Candidate>();
  const areas = random.shuffle(listOf(left.areas));
  const levels = random.shuffle(listOf(left.levels));
  for (const [index, kind] of kinds.entries()) {
    const rank = (of: Candidate): readonly number[] => [
      of.area === areas[index] && of.level === levels[index] ? 0 : 1,
      of.area === areas[index] ? 0 : 1,
      of.asked,
      left.used.get(of.skill) ?? 0,
    ];
    const free = pool.filter((each) => each.kind === kind && !drawn.has(each));
    const [first] = best(random.shuffle(free), rank);
    if (first === undefined) continue;
    drawn.add(first);
    take(left, first);
    left.levels[first.level]--;
  }
  return [...drawn];
}

function take(left: Left, { area, skill }: { readonly area: AreaId; readonly skill: SkillId }): void {
  left.areas[area]--;
  left.used.set(skill, (left.used.get(skill) ?? 0) + 1);
}

function itemsOf(
  { questions, coding }: Draft,
  { codingSeconds }: Blueprint,
  material: Material,
  random: Random,
): readonly PlannedItem[] {
  const shuffled = random.shuffle(questions).map((candidate) => questionItem(candidate, material, random));
  const tasks = coding.map(({ lesson, skill, level }) => ({
    kind: "coding" as const,
    ...{ lesson, skill, level, seconds: codingSeconds },
  }));
  const half = Math.ceil(shuffled.length / 2);
  const order = [...shuffled.slice(0, half), ...tasks.slice(0, 1), ...shuffled.slice(half), ...tasks.slice(1)];
  return order.map((item, index) => ({ id: String(index + 1), ...item }));
}

type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;

function questionItem(candidate: Candidate, material: Material, random: Random): WithoutId<PlannedItem> {
  const { kind, skill, level, seconds } = candidate;
  if ("question" in candidate) return { kind, skill, level, seconds, question: candidate.question };
  const { lesson, mistake, diagnosis } = candidate;
  const others = (material.mistakes.get(lesson) ?? []).map((other) => other.diagnosis);
  const options = optionsOf(diagnosis, others, material.shown?.(lesson, mistake) ?? [], random);
  return { kind: "find-bug", skill, level, seconds, lesson, mistake, options };
}

/** What the lesson's other mistakes show are the likeliest wrong answers; what this one also shows is none. */
function optionsOf(
  right: Diagnosis,
  others: readonly Diagnosis[],
  shown: readonly Diagnosis[],
  random: Random,
): readonly Diagnosis[] {
  const wrong = [...random.shuffle(others), ...random.shuffle(diagnosisIds)];
  const pool = new Set(wrong.filter((each) => each !== right && !shown.includes(each)));
  return random.shuffle([right, ...[...pool].slice(0, mistakeOptions - 1)]);
}

function mostWanted(areas: Readonly<Record<AreaId, number>>): AreaId {
  return listOf(areas).sort((a, b) => areas[b] - areas[a])[0] ?? "concurrency";
}

/** By chance, an area that more is wanted of more often. */
function drawArea(areas: Readonly<Record<AreaId, number>>, random: Random): AreaId {
  const list = listOf(areas);
  return list[random.below(list.length)] ?? "concurrency";
}

/** As many as are wanted, where there are candidates at all. */
function countBy(candidates: readonly Candidate[], areas: Readonly<Record<AreaId, number>>): Record<AreaId, number> {
  const of = (area: AreaId): number => (candidates.some((each) => each.area === area) ? areas[area] : 0);
  return { concurrency: of("concurrency"), governance: of("governance"), storage: of("storage") };
}

/** Each key as often as its count says. */
function listOf<K extends string>(counts: Readonly<Record<K, number>>): K[] {
  return (Object.keys(counts) as K[]).flatMap((key) => Array<K>(Math.max(0, counts[key])).fill(key));
}

/** Sorted by rank; of equals the one that came first stays so. */
function best<T>(items: readonly T[], rank: (item: T) => readonly number[]): readonly T[] {
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .sort((a, b) => {
      const at = a.rank.findIndex((value, index) => value !== b.rank[index]);
      return at === -1 ? 0 : (a.rank[at] ?? 0) - (b.rank[at] ?? 0);
    })
    .map(({ item }) => item);
}
