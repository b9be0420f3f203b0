/** Which lesson to take next: one whose prerequisites are behind the learner, and that trains what went wrong. Pure. */
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import type { Words } from "../../protocol/words.ts";
import { lessonOrder, trackOf } from "./catalog.ts";
import { diagnoses } from "../verdict/diagnoses.ts";
import type { Catalog, LessonLevel, LessonMeta } from "./lessonSchema.ts";
import type { Progress } from "../progress/progress.ts";
import type { ReviewCard } from "../questions/reviewCards.ts";

export interface PathInputs {
  readonly catalog: Catalog;
  /** Of the lessons that can be read. */
  readonly metas: ReadonlyMap<string, LessonMeta>;
  readonly progress: Progress;
  /** The kinds of bugs that each lesson's known mistakes show; undefined where nobody looked. */
  readonly trains: ReadonlyMap<string, ReadonlySet<Diagnosis>> | undefined;
}

export interface NextLesson {
  readonly lesson: string;
  /** Why just this one, in a few words. */
  readonly why: Words;
}

/**
 * What speaks for a lesson, in points. A track goes on for as long as its next lesson can be taken, or what that one builds on;
 * what the learner ran into decides among all others.
 */
const points = { nextInTrack: 5, sameTrack: 2, opensNext: 6, eachDiagnosis: 2, mostDiagnoses: 3, steepStep: -4 };
const levels: readonly LessonLevel[] = ["introductory", "intermediate", "advanced"];

interface Candidate {
  readonly meta: LessonMeta;
  readonly score: number;
  readonly why: Words;
}

/** What is the same for every candidate. */
interface Situation {
  readonly track: readonly string[];
  /** The track's next lesson, whether it can be taken or not. */
  readonly following: LessonMeta | undefined;
  /** Prerequisites that it lacks. */
  readonly lacking: readonly string[];
  readonly level: LessonLevel | undefined;
  /** The kind of bug that showed most often coming first. */
  readonly cards: readonly ReviewCard[];
}

/** Once `after` is passed; undefined where nothing is left. */
export function nextFitting({ catalog, metas, progress, trains }: PathInputs, after: string): NextLesson | undefined {
  const passed = (id: string): boolean => id === after || progress.lesson(id).status === "passed";
  const open = lessonOrder(catalog).flatMap((id) => (passed(id) ? [] : (metas.get(id) ?? [])));
  const unmet = (meta: LessonMeta): readonly string[] =>
    meta.prerequisites.filter((id) => metas.has(id) && !passed(id));
  const track = trackOf(catalog, after)?.lessons ?? [];
  const following = nextInTrack(track, after, open);
  const situation: Situation = {
    track,
    following,
    lacking: following === undefined ? [] : unmet(following),
    level: metas.get(after)?.level,
    cards: [...progress.reviewCards].sort((a, b) => b.met - a.met),
  };
  const candidates = open
    .filter((meta) => unmet(meta).length === 0)
    .map((meta) => judge(meta, trains?.get(meta.id), situation))
    // Sorting keeps the order of those that are equal: the catalog's order is the author's advice.
    .sort((a, b) => b.score - a.score);
  const [best] = candidates;
  return best === undefined ? undefined : { lesson: best.meta.id, why: best.why };
}

/** The next lesson of the track that is not passed yet; from its beginning again after its end. */
function nextInTrack(track: readonly string[], after: string, open: readonly LessonMeta[]): LessonMeta | undefined {
  const at = track.indexOf(after);
  const onwards = [...track.slice(at + 1), ...track.slice(0, at)];
  return onwards.flatMap((id) => open.find((meta) => meta.id === id) ?? [])[0];
}

function judge(
  meta: LessonMeta,
  trains: ReadonlySet<Diagnosis> | undefined,
  { track, following, lacking, level, cards }: Situation,
): Candidate {
  const trained = cards.filter(({ diagnosis }) => trains?.has(diagnosis) === true);
  const opens = lacking.includes(meta.id);
  const steep = levels.indexOf(meta.level) - levels.indexOf(level ?? meta.level) > 1;
  const score =
    (following === meta ? points.nextInTrack : 0) +
    (track.includes(meta.id) ? points.sameTrack : 0) +
    (opens ? points.opensNext : 0) +
    points.eachDiagnosis * Math.min(trained.length, points.mostDiagnoses) +
    (steep ? points.steepStep : 0);
  const [most] = trained;
  if (following === meta) return { meta, score, why: words.nextInTrack };
  if (opens && following !== undefined) return { meta, score, why: words.neededFor(following.title) };
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
