/** A folder of lessons on disk: the one that Interleave ships with, or the one that `--pack` names. */
import fs from "node:fs/promises";
import path from "node:path";
import { lessonOrder } from "../core/lesson/catalog.ts";
import { type Finding, formatFinding } from "../core/lesson/lessonFinding.ts";
import { readCatalog, readLessonMeta, readText, readUsableCatalog } from "../core/lesson/lessonFiles.ts";
import type { LessonReader } from "../core/lesson/lessonReader.ts";
import type { Catalog, LessonMeta } from "../core/lesson/lessonSchema.ts";
import type { Locale } from "../protocol/words.ts";
import { CannotRun } from "./cannotRun.ts";
import { createFolderReader } from "./folderReader.ts";
import { nearest } from "../core/nearest.ts";
import type { Terminal } from "./terminal.ts";

export interface Pack {
  /** Absolute. */
  readonly directory: string;
  /** How messages name it: relative to the working directory where it lies below it. */
  readonly name: string;
  readonly reader: LessonReader;
}

/** What grading needs of a lesson. */
export interface GradableLesson {
  readonly meta: LessonMeta;
  readonly spec: string;
}

/** @throws CannotRun where there is no such folder. */
export async function openPack(terminal: Terminal, option: string | undefined): Promise<Pack> {
  const directory =
    option === undefined
      ? path.join(terminal.distDir, "..", "lessons")
      : path.resolve(terminal.workingDirectory, option);
  const stat = await fs.stat(directory).catch(() => undefined);
  const shown = shownPath(terminal.workingDirectory, directory);
  if (stat === undefined) throw new CannotRun(`There is no folder ${shown}.`, `没有文件夹 ${shown}。`);
  if (!stat.isDirectory()) throw new CannotRun(`${shown} is not a folder.`, `${shown} 不是文件夹。`);
  return { directory, name: shown, reader: createFolderReader(directory) };
}

/** A catalog without any fault. @throws CannotRun with file and line. */
export async function requireWholeCatalog(pack: Pack, locale: Locale): Promise<Catalog> {
  const catalog = await readCatalog(pack.reader);
  return catalog.ok ? catalog.value : refuse(pack, catalog.findings, locale);
}

/** What of the catalog can be used. @throws CannotRun with file and line where nothing can. */
export async function requireCatalog(
  pack: Pack,
  locale: Locale,
): Promise<{ readonly catalog: Catalog; readonly findings: readonly Finding[] }> {
  const { catalog, findings } = await readUsableCatalog(pack.reader);
  return catalog === undefined ? refuse(pack, findings, locale) : { catalog, findings };
}

/** @throws CannotRun for an id that the catalog does not have, and for a lesson that cannot be read. */
export async function requireLesson(pack: Pack, id: string, locale: Locale): Promise<GradableLesson> {
  const { catalog } = await requireCatalog(pack, locale);
  const known = lessonOrder(catalog);
  if (!known.includes(id)) throw unknownLesson(id, known);
  const meta = await readLessonMeta(pack.reader, id);
  if (!meta.ok) return refuse(pack, meta.findings, locale);
  const spec = await readText(pack.reader, `${id}/spec.ts`);
  return spec.ok ? { meta: meta.value, spec: spec.value } : refuse(pack, spec.findings, locale);
}

/** The path of a pack's file as messages show it. */
export function shownFile(pack: Pick<Pack, "name">, file: string): string {
  return path.join(pack.name, file).replaceAll(path.sep, "/");
}

export function refuse(pack: Pack, findings: readonly Finding[], locale: Locale): never {
  const lines = findings.map((finding) => formatFinding({ ...finding, file: shownFile(pack, finding.file) }, locale));
  throw new CannotRun(lines.join("\n"));
}

function unknownLesson(id: string, known: readonly string[]): CannotRun {
  const near = nearest(id, known);
  const list = (near.length > 0 ? near : known).map((each) => `“${each}”`);
  const [en, zhCn] = near.length > 0 ? ["Did you mean", "是不是想找"] : ["The lessons are", "现有的课程"];
  const mark = near.length > 0 ? ["?", "？"] : [".", "。"];
  return new CannotRun(
    `There is no lesson “${id}”. ${en} ${list.join(", ")}${mark[0] ?? ""}`,
    `没有名为“${id}”的课程。${zhCn}：${list.join("、")}${mark[1] ?? ""}`,
  );
}

/** Relative where the path lies below the working directory, else absolute. */
export function shownPath(workingDirectory: string, file: string): string {
  const relative = path.relative(workingDirectory, file);
  if (relative === "") return ".";
  return relative.startsWith("..") || path.isAbsolute(relative) ? file : relative;
}
