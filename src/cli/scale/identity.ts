/** Hashes that say whether two runs, or two texts, must come to the same. */
import { createHash } from "node:crypto";
import type { RunFacts } from "../../core/verdict/gradedRun.ts";
import type { GradableLesson } from "../pack.ts";

export type RunOptions = Pick<RunFacts, "product" | "engine" | "locale" | "seed" | "schedules">;

export interface Identity {
  readonly facts: RunFacts;
  /** Of one text and all that its result depends on. Another's folder, name or shard is no part of it. */
  keyOf(lesson: string, exerciseName: string, text: string): string;
}

/**
 * @param submissions a hash of each, in their order
 * @param timed whether the report tells how long each took, which makes it another report
 */
export function identify(
  options: RunOptions,
  lessons: ReadonlyMap<string, GradableLesson>,
  submissions: readonly string[],
  timed: boolean,
): Identity {
  const lessonHashes = new Map(
    [...lessons].map(([id, { spec, meta }]) => [id, hashOf([id, spec, meta.exports, options])] as const),
  );
  return {
    facts: {
      fingerprint: hashOf([options, [...lessonHashes.values()], submissions, timed]),
      ...options,
      lessons: [...lessons.keys()],
      submissions: submissions.length,
    },
    keyOf: (lesson, exerciseName, text) => hashOf([lessonHashes.get(lesson), exerciseName, text]),
  };
}

/** Of anything that JSON can tell. */
export function hashOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}
