/** The lessons that ship, as the tests of this folder grade them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/lib/paths.mjs";
import { lessonOrder } from "../../src/core/lesson/catalog.ts";
import { parseCatalog, parseLessonMeta } from "../../src/core/lesson/lessonSchema.ts";
import type { GradeRequest } from "../../src/protocol/grading.ts";

const lessons = join(root, "lessons");

/** In the order of the catalog. */
export function lessonIds(): readonly string[] {
  const catalog = parseCatalog(readFileSync(join(lessons, "catalog.json"), "utf8"), "catalog.json");
  if (!catalog.ok) throw new Error("lessons/catalog.json is not a catalog: see `interleave verify`.");
  return lessonOrder(catalog.value);
}

/** All that grading an exercise of this lesson takes but the exercise. */
export function readGrading(lesson: string): Omit<GradeRequest, "exercise" | "exerciseName"> {
  const read = (file: string): string => readFileSync(join(lessons, lesson, file), "utf8");
  const meta = parseLessonMeta(read("lesson.json"), "lesson.json");
  if (!meta.ok) throw new Error(`lessons/${lesson}/lesson.json is not a lesson: see \`interleave verify\`.`);
  return { lesson, spec: read("spec.ts"), exports: meta.value.exports };
}
