/** What has changed in a lesson since the learner passed it. Pure. */
import type { LessonState } from "../progress/progress.ts";
import type { PackChange, PackInfo } from "./packSchema.ts";
import { compareVersions, versionPattern } from "./packVersion.ts";

export interface LessonChanges {
  /** The pack's version with which the lesson was last passed. */
  readonly passed: string;
  readonly now: string;
  /** Of the lesson and of the pack as a whole, the newest first. */
  readonly changes: readonly PackChange[];
}

/**
 * Undefined where there is nothing to say: the lesson is not passed, or its pack names no change of this very lesson in a version
 * between the one it was passed with and the present one. Who then passes it again has passed the present one.
 * @param lesson its id in the pack
 */
export function changesSincePassed(
  { status, passedVersion }: Pick<LessonState, "status" | "passedVersion">,
  { version, changelog = [] }: PackInfo,
  lesson: string,
): LessonChanges | undefined {
  if (status !== "passed" || passedVersion === undefined || !versionPattern.test(passedVersion)) return undefined;
  const since = changelog.filter(
    (each) => compareVersions(each.version, passedVersion) > 0 && compareVersions(each.version, version) <= 0,
  );
  if (!since.some((each) => each.lesson === lesson)) return undefined;
  const changes = since
    .filter((each) => each.lesson === lesson || each.lesson === undefined)
    .sort((a, b) => compareVersions(b.version, a.version));
  return { passed: passedVersion, now: version, changes };
}
