/** Which lesson to take next: one whose prerequisites are behind the learner, and that trains what went wrong. Pure. */
import type { Diagnosis } from "../protocol/diagnosis.ts";
import type { Words } from "../protocol/words.ts";
import { lessonOrder, trackOf } from "./catalog.ts";
import { diagnoses } from "./diagnoses.ts";
import type { Catalog, LessonLevel, LessonMeta } from "./lessonSchema.ts";
import type { Progress } from "./progress.ts";

export interface PathInputs {
  readonly catalog: Catalog;
  /** Of the lessons that can be read. */
  readonly metas: ReadonlyMap<string, LessonMeta>;
  readonly progress: Progress;
  /** The kinds of bugs that each lesson's known mistakes show, where they have been read. */
  readonly trains: ReadonlyMap<string, ReadonlySet<Diagnosis>>;
}

export interface NextLesson {
  readonly lesson: string;
  /** Why just this one, in a few words. */
  readonly why: Words;
}

/** What speaks for a lesson, in points: going on in the track comes first, unless two kinds of bugs call for another. */
const points = { nextInTrack: 5, sameTrack: 2, opensNext: 6, eachDiagnosis: 2, mostDiagnoses: 3, steepStep: -4 };
const levels: readonly LessonLevel[] = ["introductory", "intermediate", "advanced"];

interface Candidate {
  readonly meta: LessonMeta;
  readonly score: number;
  readonly why: Words;
}

/** Once `after` is passed; undefined where nothing is left. */
export function nextFitting(inputs: PathInputs, after: string): NextLesson | undefined {
  const { catalog, metas, progress } = inputs;
  const passed = (id: string): boolean => id === after || progress.lesson(id).status === "passed";
  const open = lessonOrder(catalog).flatMap((id) => (passed(id) ? [] : (metas.get(id) ?? [])));
  const unmet = (meta: LessonMeta): readonly string[] =>
    meta.prerequisites.filter((id) => metas.has(id) && !passed(id));
  const ready = open.filter((meta) => unmet(meta).length === 0);
  const following = nextInTrack(inputs, after, open);
  const candidates = ready.map((meta) => judge(meta, inputs, after, following, unmet));
  // The first of those that are equal: the catalog's order is the author's advice.
  const best = candidates.reduce<Candidate | undefined>(
    (first, other) => (first === undefined || other.score > first.score ? other : first),
    undefined,
  );
  return best === undefined ? undefined : { lesson: best.meta.id, why: best.why };
}

/** The next lesson of the track that is not passed yet; from its beginning again after its end. */
function nextInTrack({ catalog }: PathInputs, after: string, open: readonly LessonMeta[]): LessonMeta | undefined {
  const order = trackOf(catalog, after)?.lessons ?? [];
  const at = order.indexOf(after);
  const onwards = [...order.slice(at + 1), ...order.slice(0, at)];
  return onwards.map((id) => open.find((meta) => meta.id === id)).find((meta) => meta !== undefined);
}

function judge(
  meta: LessonMeta,
  inputs: PathInputs,
  after: string,
  following: LessonMeta | undefined,
  unmet: (meta: LessonMeta) => readonly string[],
): Candidate {
  const { catalog, metas, progress, trains } = inputs;
  const taught = trains.get(meta.id);
  const trained = progress.reviewCards
    .filter(({ diagnosis }) => taught?.has(diagnosis) === true)
    .sort((a, b) => b.met - a.met);
  const steep = levels.indexOf(meta.level) - levels.indexOf(metas.get(after)?.level ?? meta.level) > 1;
  const opens = following !== undefined && unmet(following).includes(meta.id);
  const sameTrack = trackOf(catalog, after)?.lessons.includes(meta.id) === true;
  const score =
    (following === meta ? points.nextInTrack : 0) +
    (sameTrack ? points.sameTrack : 0) +
    (opens ? points.opensNext : 0) +
    points.eachDiagnosis * Math.min(trained.length, points.mostDiagnoses) +
    (steep ? points.steepStep : 0);
  const [most] = trained;
  if (following === meta) return { meta, score, why: words.nextInTrack };
  if (opens) return { meta, score, why: words.neededFor(following.title) };
  if (most !== undefined) return { meta, score, why: words.trains(diagnoses[most.diagnosis].title, most.met) };
  return { meta, score, why: words.ready };
}

const words = {
  nextInTrack: { en: "Next in this track", "zh-cn": "本方向的下一课" },
  ready: { en: "You have all it builds on", "zh-cn": "前置课程你都学过了" },
  neededFor: (title: Words): Words => ({
    en: `“${title.en}” builds on it`,
    "zh-cn": `它是“${title["zh-cn"]}”的基础`,
  }),
  trains: (title: Words, met: number): Words => ({
    en: `Trains “${title.en}”, which you ran into ${met === 1 ? "once" : `${String(met)} times`}`,
    "zh-cn": `正好练“${title["zh-cn"]}”，你踩过 ${String(met)} 次`,
  }),
} as const;
