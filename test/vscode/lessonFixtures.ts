// What the end-to-end tests need to know of the lessons that ship.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/lib/paths.mjs";
import type { Locale } from "./rig/vsCode.ts";

export function readLessonFile(lesson: string, name: string): Promise<string> {
  return readFile(join(root, "lessons", lesson, name), "utf8");
}

export async function readLessonTitle(lesson: string, locale: Locale): Promise<string> {
  const meta = JSON.parse(await readLessonFile(lesson, "lesson.json")) as { readonly title: Record<Locale, string> };
  return meta.title[locale];
}
