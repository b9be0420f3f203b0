/** A folder of lessons on disk: the one that Interleave ships with, or the one that `--pack` names. */
import fs from "node:fs/promises";
import path from "node:path";
import { lessonOrder } from "../core/catalog.ts";
import { type Finding, formatFinding } from "../core/lessonFinding.ts";
import { type LessonReader, readCatalog, readLessonMeta } from "../core/lessonFiles.ts";
import type { Catalog, LessonMeta } from "../core/lessonSchema.ts";
import type { Locale } from "../protocol/words.ts";
import { CannotRun } from "./cannotRun.ts";
import { nearest } from "./nearest.ts";
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

export function createFolderReader(directory: string): LessonReader {
  return {
    async read(file) {
      try {
        return await fs.readFile(path.join(directory, file), "utf8");
      } catch (error) {
        throw new Error(explain(error), { cause: error });
      }
    },
    async list(folder) {
      try {
        const entries = await fs.readdir(path.join(directory, folder), { withFileTypes: true });
        return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
      } catch (error) {
        throw new Error(explain(error), { cause: error });
      }
    },
  };
}

/** @throws CannotRun with file and line. */
export async function requireCatalog(pack: Pack, locale: Locale): Promise<Catalog> {
  const catalog = await readCatalog(pack.reader);
  return catalog.ok ? catalog.value : refuse(pack, catalog.findings, locale);
}

/** @throws CannotRun for an id that the catalog does not have, and for a lesson that cannot be read. */
export async function requireLesson(pack: Pack, id: string, locale: Locale): Promise<GradableLesson> {
  const known = lessonOrder(await requireCatalog(pack, locale));
  if (!known.includes(id)) throw unknownLesson(id, known);
  const meta = await readLessonMeta(pack.reader, id);
  if (!meta.ok) return refuse(pack, meta.findings, locale);
  const file = `${id}/spec.ts`;
  try {
    return { meta: meta.value, spec: await pack.reader.read(file) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const message = { en: `cannot be read: ${detail}`, "zh-cn": `无法读取：${detail}` };
    return refuse(pack, [{ file, message }], locale);
  }
}

/** The path of a pack's file as messages show it. */
export function shownFile(pack: Pack, file: string): string {
  return path.join(pack.name, file).replaceAll(path.sep, "/");
}

function refuse(pack: Pack, findings: readonly Finding[], locale: Locale): never {
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

/** The words for an error of the file system, without the path, which the caller names. */
export function explain(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known: Readonly<Record<string, string>> = {
    ENOENT: "there is no such file",
    EACCES: "permission denied",
    EPERM: "permission denied",
    EISDIR: "it is a folder",
    ENOTDIR: "a part of its path is not a folder",
    ELOOP: "its links lead in a circle",
    EMFILE: "too many files are open",
  };
  return known[code] ?? (error instanceof Error ? error.message : String(error));
}
