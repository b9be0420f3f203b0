/** The catalog agrees with the lessons' folders, and the order of lessons with what each builds upon. */
import { lessonOrder, trackOf } from "../core/lesson/catalog.ts";
import type { Finding } from "../core/lesson/lessonFinding.ts";
import { parseLocatedJson } from "../core/lesson/lessonJson.ts";
import { unreadableFinding } from "../core/lesson/lessonFiles.ts";
import type { LessonReader } from "../core/lesson/lessonReader.ts";
import type { Catalog } from "../core/lesson/lessonSchema.ts";
import { finding, type LessonCheck } from "./lessonCheck.ts";

/** Besides lessons, what the root of a pack may hold. */
const mayLie =
  /^(?:\..*|catalog\.json|README(?:\..+)?|LICENSE(?:\..+)?|CHANGELOG(?:\..+)?|package(?:-lock)?\.json|tsconfig\.json|node_modules\/)$/;

export async function checkCatalog(reader: LessonReader, catalog: Catalog): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const listed = new Set(lessonOrder(catalog));
  try {
    for (const { name, kind } of await reader.list("")) {
      if (listed.has(name) || mayLie.test(kind === "folder" ? `${name}/` : name)) continue;
      findings.push({
        file: name,
        message:
          kind === "folder"
            ? { en: "the catalog does not list this folder", "zh-cn": "目录里没有列出这个文件夹" }
            : { en: "does not belong to a pack", "zh-cn": "不属于课程包的文件" },
      });
    }
  } catch (error) {
    findings.push(unreadableFinding(".", error));
  }
  return findings;
}

/** The lesson's track and prerequisites are those of the catalog, and come before it. */
export const checkPlace: LessonCheck = (lesson) => {
  const { id, meta, catalog, sources } = lesson;
  const located = parseLocatedJson(sources.get("lesson.json") ?? "{}");
  const findings: Finding[] = [];
  const track = trackOf(catalog, id);
  if (track !== undefined && track.id !== meta.track) {
    const line = located.lineOf(["track"]);
    findings.push(
      finding(
        lesson,
        "lesson.json",
        line,
        `the track is "${meta.track}" but the catalog has it in "${track.id}"`,
        `路线写的是“${meta.track}”，目录里却在“${track.id}”`,
      ),
    );
  }
  const order = lessonOrder(catalog);
  meta.prerequisites.forEach((each, index) => {
    const line = located.lineOf(["prerequisites", index]);
    if (!order.includes(each)) {
      findings.push(
        finding(
          lesson,
          "lesson.json",
          line,
          `there is no lesson "${each}" to come first`,
          `没有可作为前置的课程“${each}”`,
        ),
      );
    } else if (each === id) {
      findings.push(
        finding(lesson, "lesson.json", line, "a lesson cannot come before itself", "一节课不能以自己为前置"),
      );
    } else if (order.indexOf(each) > order.indexOf(id)) {
      findings.push(
        finding(
          lesson,
          "lesson.json",
          line,
          `"${each}" should come first, but the catalog has it later`,
          `“${each}”应当在前，目录里却排在后面`,
        ),
      );
    }
  });
  return Promise.resolve(findings);
};
