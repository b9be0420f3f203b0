// Teams that never were: their progress as events, so that exports of it are made as the extension makes them.
import { createHash } from "node:crypto";
import { Random } from "../../../../src/base/random.ts";
import { Progress } from "../../../../src/core/progress/progress.ts";
import type { ProgressEvent, ProgressNews } from "../../../../src/core/progress/progressEvents.ts";
import { exportProgress, formatExport, type ProgressExport } from "../../../../src/core/progress/progressExport.ts";
import type { NamedExport } from "../../../../src/core/teamReport/people.ts";
import type { KnownTrack } from "../../../../src/core/teamReport/teamReport.ts";
import type { Diagnosis } from "../../../../src/protocol/diagnosis.ts";

export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

export const day = 86_400_000;
export const monday = Date.UTC(2026, 2, 2, 9);

type Happened = readonly [at: number, news: ProgressNews];

function progressOf(...happened: readonly Happened[]): Progress {
  return Progress.of(happened.map(([at, news], index): ProgressEvent => ({ ...news, id: `w-${String(index)}`, at })));
}

export function exportOf(person: string, exportedAt: number, ...happened: readonly Happened[]): ProgressExport {
  return exportProgress(progressOf(...happened), { person, exportedAt, product: "0.1.0" }, sha256);
}

export function graded(lesson: string, passed: boolean, ...diagnoses: Diagnosis[]): ProgressNews {
  return { type: "graded", lesson, passed, diagnoses };
}

const bugs: readonly Diagnosis[] = [
  "timer-still-armed",
  "listener-left-on-signal",
  "aborted-signal-unchecked",
  "unhandled-rejection",
  "permit-lost",
  "stampede",
  "first-error-lost",
  "work-still-running",
];

/** Somebody who goes through the lessons in order, until they have enough or give up. */
export function learner(person: string, lessons: readonly string[], seed: number): ProgressExport {
  const random = new Random(seed);
  const happened: Happened[] = [];
  let at = monday + random.below(day);
  const tell = (news: ProgressNews): void => {
    at += 60_000 + random.below(day / 2);
    happened.push([at, news]);
  };
  const reach = 1 + random.below(lessons.length);
  for (const [index, lesson] of lessons.slice(0, reach).entries()) {
    tell({ type: "opened", lesson });
    const attempts = 1 + random.below(4 + (index % 5));
    for (let attempt = 1; attempt < attempts; attempt++) {
      // Some kinds of bugs are dearer to people than others.
      const bug = bugs[Math.min(random.below(bugs.length), random.below(bugs.length))] ?? "stampede";
      tell(graded(lesson, false, bug));
      if (random.next() < 0.3) tell({ type: "hint-shown", lesson, hint: 1 + random.below(3) });
    }
    if (random.next() < 0.15 + 0.03 * (index % 4)) tell({ type: "solution-shown", lesson });
    if (random.next() < 0.85) tell(graded(lesson, true));
  }
  return exportOf(person, monday + 20 * day + random.below(6 * day), ...happened);
}

/** @param lessons of the pack, in order */
export function team(size: number, lessons: readonly string[], names = "Learner"): readonly NamedExport[] {
  return Array.from({ length: size }, (_, index) => {
    const exported = learner(`${names} ${String(index + 1)}`, lessons, index + 1);
    return { file: `${String(index + 1)}.json`, exported };
  });
}

export function fileOf(exported: ProgressExport): string {
  return formatExport(exported);
}

export const tracks: readonly KnownTrack[] = [
  {
    id: "first",
    title: { en: "First track", "zh-cn": "第一条路线" },
    lessons: [
      { id: "sleep", title: { en: "A sleep that can be woken", "zh-cn": "叫得醒的 sleep" } },
      { id: "retry", title: { en: "Retry with backoff", "zh-cn": "带退避的重试" } },
    ],
  },
  {
    id: "second",
    title: { en: "Second track", "zh-cn": "第二条路线" },
    lessons: [{ id: "pool", title: { en: "A pool", "zh-cn": "连接池" } }],
  },
];
