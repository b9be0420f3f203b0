/** What a catalog says of the pack as a whole: its name, its version, and what has changed. Pure. */
import * as v from "valibot";
import type { Finding } from "../lesson/lessonFinding.ts";
import type { LocatedJson } from "../lesson/lessonJson.ts";
import * as most from "../lesson/lessonLimits.ts";
import { id, words } from "../questions/questionSchema.ts";
import { compareVersions, versionPattern } from "./packVersion.ts";

/** Where a repository's own pack lies in it. */
export const workspacePack = ".interleave/pack";

const version = v.pipe(v.string(), v.maxLength(most.maxNameLength), v.regex(versionPattern));

export const packSchema = v.strictObject({
  /** Stands before its lessons' ids ("acme/rate-limit"), in progress too: it stays the same for good. */
  id,
  title: words,
  version,
  changelog: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          /** The one that brought the change. */
          version,
          /** The lesson that has changed; without it, the pack as a whole. */
          lesson: v.optional(id),
          text: words,
        }),
      ),
      v.maxLength(most.maxChanges),
    ),
  ),
});

export type PackInfo = v.InferOutput<typeof packSchema>;
export type PackChange = NonNullable<PackInfo["changelog"]>[number];

/** What a schema cannot say: a change is one of a lesson that is there, and in a version that is out. */
export function packFindings(
  pack: PackInfo,
  lessons: ReadonlySet<string>,
  located: LocatedJson,
  file: string,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [index, { version: since, lesson }] of (pack.changelog ?? []).entries()) {
    const path = ["pack", "changelog", index];
    if (lesson !== undefined && !lessons.has(lesson)) {
      findings.push({
        file,
        line: located.lineOf([...path, "lesson"]),
        message: {
          en: `the changelog names the lesson "${lesson}", which no track lists`,
          "zh-cn": `更新记录提到课程“${lesson}”，而没有路线列出它`,
        },
      });
    }
    if (compareVersions(since, pack.version) > 0) {
      findings.push({
        file,
        line: located.lineOf([...path, "version"]),
        message: {
          en: `the change is of version ${since}, and the pack is at ${pack.version}: nobody would see it`,
          "zh-cn": `这条更新属于版本 ${since}，而课程包还在 ${pack.version}：没有人会看到它`,
        },
      });
    }
  }
  return findings.slice(0, most.maxFindingsPerFile);
}
