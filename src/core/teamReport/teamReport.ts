/**
 * What many people's exports say of a team: who is where, which kinds of bugs the team shares, which lessons stop people.
 * The same exports in any order make the same report. Pure.
 */
import type { Words } from "../../protocol/words.ts";
import type { ExportedLesson, ProgressExport } from "../progress/progressExport.ts";

/** A track of the pack that the report is about. */
export interface KnownTrack {
  readonly id: string;
  readonly title: Words;
  readonly lessons: readonly ReportLesson[];
}

export interface ReportLesson {
  readonly id: string;
  /** Absent where the pack does not have the lesson. */
  readonly title?: Words;
}

/**
 * How somebody stands in a lesson. `aided`: passed after the solution was looked at. `left`: not passed, and the solution
 * was looked at or nothing was done for `leftAfterDays`, counted back from the export.
 */
export type Standing = "passed" | "aided" | "working" | "left";
export const standings: readonly Standing[] = ["passed", "aided", "working", "left"];

export const leftAfterDays = 14;

export interface TeamReport {
  readonly people: readonly Person[];
  /** Those in which somebody has begun a lesson; lessons that the pack does not have are in one without a title. */
  readonly tracks: readonly ReportTrack[];
  /** Tracks in which nobody has begun anything. */
  readonly untouched: readonly KnownTrack[];
  /** The one that most people ran into first. */
  readonly bugs: readonly SharedBug[];
  /** Those that somebody has begun; the one on which most people gave up first. */
  readonly lessons: readonly LessonStanding[];
  /** The times of the oldest and of the newest export, as they stand there. */
  readonly oldest: string;
  readonly newest: string;
}

export interface Person {
  /** "" where none was given; then `unnamed` counts those from 1. */
  readonly name: string;
  readonly unnamed: number;
  readonly exportedAt: string;
  /** When this person last did something; absent where nothing was begun. */
  readonly lastAt: string | undefined;
  /** This person did something in the `leftAfterDays` before the export. */
  readonly isActive: boolean;
  readonly passed: number;
  readonly cells: ReadonlyMap<string, Cell>;
}

export interface Cell {
  readonly standing: Standing;
  readonly lesson: ExportedLesson;
  /** Gradings: until the first pass, or so far. */
  readonly attempts: number;
}

export interface ReportTrack {
  readonly title?: Words;
  readonly lessons: readonly ReportLesson[];
}

export interface SharedBug {
  /** One of ours, or one that a newer version knows. */
  readonly diagnosis: string;
  readonly people: number;
  /** Gradings in which it showed, of all people. */
  readonly times: number;
  /** Where it showed, the lesson with most people first. */
  readonly lessons: readonly { readonly lesson: ReportLesson; readonly people: number }[];
}

export interface LessonStanding {
  readonly lesson: ReportLesson;
  readonly begun: number;
  readonly counts: Readonly<Record<Standing, number>>;
  /** `aided` and `left` together. */
  readonly gaveUp: number;
  /** Gradings that those who passed needed; absent where nobody has. */
  readonly attempts?: { readonly median: number; readonly most: number };
}

/** Columns that one track may take in full; of a longer one only what somebody has begun is shown. */
const longestTrack = 40;
const day = 86_400_000;

/** @param exports one of each person, in the order in which they are to stand (people.ts) */
export function teamReport(exports: readonly ProgressExport[], known: readonly KnownTrack[]): TeamReport {
  const people = exports.map(personOf).map((person, at, all) => {
    const unnamed = person.name === "" ? all.slice(0, at + 1).filter(({ name }) => name === "").length : 0;
    return { ...person, unnamed };
  });
  const begun = new Set(people.flatMap(({ cells }) => [...cells.keys()]));
  const isBegun = ({ id }: ReportLesson): boolean => begun.has(id);
  const inPack = new Set(known.flatMap(({ lessons }) => lessons.map(({ id }) => id)));
  const others = [...begun].filter((id) => !inPack.has(id)).sort();
  const touched = known.filter(({ lessons }) => lessons.some(isBegun));
  const tracks: ReportTrack[] = touched.map(({ title, lessons }) => ({
    title,
    lessons: lessons.length > longestTrack ? lessons.filter(isBegun) : lessons,
  }));
  if (others.length > 0) tracks.push({ lessons: others.map((id) => ({ id })) });
  const order = tracks.flatMap(({ lessons }) => lessons);
  const times = exports.map(({ exportedAt }) => exportedAt).sort();
  return {
    people,
    tracks,
    untouched: known.filter((track) => !touched.includes(track)),
    bugs: sharedBugs(people, order),
    lessons: order
      .filter(isBegun)
      .map((lesson) => standingOf(lesson, people))
      .sort(hardestFirst),
    oldest: times[0] ?? "",
    newest: times.at(-1) ?? "",
  };
}

function personOf({ person, exportedAt, lessons }: ProgressExport): Omit<Person, "unnamed"> {
  const lastAt = lessons
    .map((lesson) => lesson.lastAt)
    .sort()
    .at(-1);
  return {
    name: person.trim(),
    exportedAt,
    lastAt,
    isActive: lastAt !== undefined && !isLongBefore(lastAt, exportedAt),
    passed: lessons.filter(({ status }) => status === "passed").length,
    cells: new Map(lessons.map((lesson) => [lesson.lesson, cellOf(lesson, exportedAt)] as const)),
  };
}

function cellOf(lesson: ExportedLesson, exportedAt: string): Cell {
  if (lesson.status === "passed") {
    const standing = lesson.passedUnaided ? "passed" : "aided";
    return { standing, lesson, attempts: lesson.attemptsUntilPassed };
  }
  const left = lesson.solutionShown || isLongBefore(lesson.lastAt, exportedAt);
  return { standing: left ? "left" : "working", lesson, attempts: lesson.attempts };
}

function isLongBefore(time: string, exportedAt: string): boolean {
  return Date.parse(exportedAt) - Date.parse(time) >= leftAfterDays * day;
}

function sharedBugs(people: readonly Person[], order: readonly ReportLesson[]): readonly SharedBug[] {
  const found = new Map<string, { people: Set<Person>; times: number; lessons: Map<string, number> }>();
  for (const person of people) {
    for (const [id, { lesson }] of person.cells) {
      for (const [diagnosis, times] of timesOf(lesson)) {
        const bug = found.get(diagnosis) ?? { people: new Set(), times: 0, lessons: new Map<string, number>() };
        found.set(diagnosis, bug);
        bug.people.add(person);
        bug.times += times;
        bug.lessons.set(id, (bug.lessons.get(id) ?? 0) + 1);
      }
    }
  }
  return [...found]
    .map(([diagnosis, bug]) => ({
      diagnosis,
      people: bug.people.size,
      times: bug.times,
      lessons: order
        .flatMap((lesson) => ({ lesson, people: bug.lessons.get(lesson.id) ?? 0 }))
        .filter((each) => each.people > 0)
        .sort((a, b) => b.people - a.people),
    }))
    .sort((a, b) => b.people - a.people || b.times - a.times || (a.diagnosis < b.diagnosis ? -1 : 1));
}

/** A file may list a kind of bug more than once. */
function timesOf({ diagnoses }: ExportedLesson): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const each of diagnoses) times.set(each.diagnosis, (times.get(each.diagnosis) ?? 0) + each.times);
  return times;
}

function standingOf(lesson: ReportLesson, people: readonly Person[]): LessonStanding {
  const cells = people.flatMap(({ cells: own }) => own.get(lesson.id) ?? []);
  const counts = { passed: 0, aided: 0, working: 0, left: 0 };
  for (const { standing } of cells) counts[standing]++;
  const attempts = cells.flatMap((cell) => (cell.lesson.status === "passed" ? [cell.attempts] : []));
  return {
    lesson,
    begun: cells.length,
    counts,
    gaveUp: counts.aided + counts.left,
    ...(attempts.length === 0 ? {} : { attempts: { median: medianOf(attempts), most: Math.max(...attempts) } }),
  };
}

/** Where as many gave up, the one that fewer began; then the one that took more gradings. */
function hardestFirst(a: LessonStanding, b: LessonStanding): number {
  const median = (of: LessonStanding): number => of.attempts?.median ?? 0;
  return b.gaveUp - a.gaveUp || (a.gaveUp > 0 ? a.begun - b.begun : 0) || median(b) - median(a);
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
