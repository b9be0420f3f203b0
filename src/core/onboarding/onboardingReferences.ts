/**
 * Whether the lessons and tracks that an onboarding names are there. Those of packs that are not in the catalog are passed over: such a
 * pack may be named by a setting, and lie anywhere. Pure.
 */
import { lessonOrder } from "../lesson/catalog.ts";
import type { Finding } from "../lesson/lessonFinding.ts";
import type { JsonPath } from "../lesson/lessonJson.ts";
import type { Catalog } from "../lesson/lessonSchema.ts";
import { nearest } from "../nearest.ts";
import { parseLessonName } from "../packs/lessonName.ts";
import { type LocatedOnboarding, onboardingFile } from "./onboardingSchema.ts";

export function referenceFindings({ onboarding, located }: LocatedOnboarding, catalog: Catalog): readonly Finding[] {
  const findings: Finding[] = [];
  const lessons = lessonOrder(catalog);
  const tracks = catalog.tracks.map((track) => track.id);
  const report = (path: JsonPath, en: string, zhCn: string): void => {
    findings.push({ file: onboardingFile, line: located.lineOf(path), message: { en, "zh-cn": zhCn } });
  };
  const packs = new Set(tracks.flatMap((name) => parseLessonName(name)?.pack ?? []));
  const isElsewhere = (name: string): boolean => {
    const pack = parseLessonName(name)?.pack;
    return pack !== undefined && !packs.has(pack);
  };
  const lesson = (id: string, path: JsonPath): void => {
    if (lessons.includes(id) || isElsewhere(id)) return;
    const near = suggestion(id, lessons);
    report(path, `there is no lesson "${id}"${near.en}`, `没有“${id}”这节课${near.zhCn}`);
  };
  for (const [index, step] of onboarding.steps.entries()) {
    if (step.kind === "lesson") lesson(step.id, ["steps", index, "id"]);
    if (step.kind !== "track") continue;
    const track = catalog.tracks.find((each) => each.id === step.id);
    if (track === undefined && isElsewhere(step.id)) continue;
    if (track === undefined) {
      const near = suggestion(step.id, tracks);
      report(
        ["steps", index, "id"],
        `there is no track "${step.id}"${near.en}`,
        `没有“${step.id}”这条路线${near.zhCn}`,
      );
      continue;
    }
    const total = track.lessons.length;
    const { lessons: wanted = total, unaided = 0 } = step.pass ?? {};
    const path = ["steps", index, "pass"];
    if (wanted > total) {
      report(
        path,
        `asks for ${String(wanted)} lessons, and the track has ${String(total)}`,
        `要求通过 ${String(wanted)} 节课，而这条路线只有 ${String(total)} 节`,
      );
    } else if (unaided > wanted) {
      report(
        path,
        `asks for ${String(unaided)} lessons unaided, and for ${String(wanted)} in all`,
        `要求独立通过 ${String(unaided)} 节，总数却只要求 ${String(wanted)} 节`,
      );
    }
  }
  for (const [index, stop] of onboarding.stops.entries()) {
    if (stop.lesson !== undefined) lesson(stop.lesson, ["stops", index, "lesson"]);
  }
  return findings;
}

function suggestion(id: string, known: readonly string[]): { readonly en: string; readonly zhCn: string } {
  const [near] = nearest(id, known);
  return near === undefined ? { en: "", zhCn: "" } : { en: `; did you mean "${near}"?`, zhCn: `，是不是“${near}”？` };
}
