/**
 * Who handed in what: one folder a person, whose files are read as those of a stranger's pack. A folder or a file that
 * cannot be read is that person's result, and never keeps the others from theirs.
 */
import fs from "node:fs/promises";
import path from "node:path";
import { hiddenCharacter, isMissing, UnreadableFile, unreadable } from "../../core/lesson/lessonReader.ts";
import type { Words } from "../../protocol/words.ts";
import { CannotRun } from "../cannotRun.ts";
import { explain } from "../fileErrors.ts";
import { createFolderReader } from "../folderReader.ts";
import { createLimit } from "../../base/limit.ts";
import { nearest } from "../../core/nearest.ts";

/** More people than any course has: their names are held. */
const maxPeople = 100_000;
const foldersAtOnce = 16;

/** Why there is nothing to grade. */
export interface Obstacle {
  readonly code: "missing" | "unreadable";
  readonly message: Words;
}

export interface Submission {
  /** The folder's name. */
  readonly person: string;
  /** Null where the person handed in nothing that belongs to a lesson. */
  readonly lesson: string | null;
  /** Where the text may be in the person's folder, with `/`; the first that is there counts. */
  readonly files: readonly string[];
  readonly obstacle?: Obstacle;
}

export interface FoundSubmissions {
  /** Sorted by person, then by file, in the order of their bytes. */
  readonly submissions: readonly Submission[];
  /** What looks like a submission and is none. */
  readonly notes: readonly Words[];
}

export interface SubmissionsWanted {
  /** Absolute. */
  readonly directory: string;
  /** The one lesson that all people hand in; else each file's name says to which it belongs. */
  readonly lesson: string | undefined;
  /** All lessons that a file may belong to. */
  readonly known: readonly string[];
  /** The file's name in each folder, where it is neither of the usual ones. */
  readonly fileName: string | undefined;
}

/** @throws CannotRun where the folder cannot be read or holds nobody. */
export async function findSubmissions(wanted: SubmissionsWanted, shown: string): Promise<FoundSubmissions> {
  const people = await listPeople(wanted.directory, shown);
  if (people.length === 0) {
    throw new CannotRun(
      `There is nobody in ${shown}: it should hold one folder a person.`,
      `${shown} 里一个人也没有：每个人应各有一个文件夹。`,
    );
  }
  const limited = createLimit(foldersAtOnce);
  const notes: Words[] = [];
  const found = await Promise.all(
    people.map(async ({ person, obstacle }): Promise<readonly Submission[]> => {
      const { lesson, fileName } = wanted;
      if (obstacle !== undefined) return [{ person, lesson: lesson ?? null, files: [], obstacle }];
      if (lesson === undefined) return limited(() => findLessons(person, wanted, notes));
      const files = fileName === undefined ? [`${lesson}.ts`, "exercise.ts", `${lesson}/exercise.ts`] : [fileName];
      return [{ person, lesson, files }];
    }),
  );
  return { submissions: found.flat(), notes: notes.sort((a, b) => (a.en < b.en ? -1 : 1)) };
}

interface Person {
  readonly person: string;
  readonly obstacle?: Obstacle;
}

/** Plain files and names that begin with a dot are no people. */
async function listPeople(directory: string, shown: string): Promise<readonly Person[]> {
  const entries = await fs.readdir(directory, { withFileTypes: true, encoding: "buffer" }).catch((error: unknown) => {
    const why = explain(error);
    throw new CannotRun(`${shown} cannot be read: ${why.en}.`, `无法读取 ${shown}：${why["zh-cn"]}。`);
  });
  const folders = entries.filter(
    (entry) => (entry.isDirectory() || entry.isSymbolicLink()) && entry.name[0] !== ".".charCodeAt(0),
  );
  if (folders.length > maxPeople) {
    throw new CannotRun(
      `${shown} holds more than ${String(maxPeople)} folders.`,
      `${shown} 里的文件夹超过 ${String(maxPeople)} 个。`,
    );
  }
  return folders
    .sort((a, b) => Buffer.compare(a.name, b.name))
    .map((entry) => {
      const { person, readable } = nameOf(entry.name);
      if (!readable) return { person, obstacle: strangeName };
      return entry.isDirectory() ? { person } : { person, obstacle: unreadableBecause(unreadable.link()) };
    });
}

const strangeName: Obstacle = {
  code: "unreadable",
  message: {
    en: "the folder's name has characters that cannot be seen, or is not UTF-8: rename it",
    "zh-cn": "文件夹的名字里有看不见的字符，或不是 UTF-8：请改名",
  },
};

function nameOf(bytes: Buffer): { readonly person: string; readonly readable: boolean } {
  const text = bytes.toString("utf8");
  if (Buffer.from(text).equals(bytes)) {
    return { person: text, readable: hiddenCharacter(text) === undefined && !/[\t\r\n]/.test(text) };
  }
  const person = [...bytes].map((byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`,
  );
  return { person: person.join(""), readable: false };
}

/** `<lesson>.ts`, or `<lesson>/exercise.ts` as the extension keeps them. */
async function findLessons(
  person: string,
  { directory, known }: SubmissionsWanted,
  notes: Words[],
): Promise<readonly Submission[]> {
  let entries;
  try {
    entries = await createFolderReader(path.join(directory, person)).list("");
  } catch (error) {
    return [{ person, lesson: null, files: [], obstacle: unreadableBecause(error) }];
  }
  const lessons = new Map<string, string>();
  for (const { name, kind } of entries) {
    const stem = name.replace(/\.ts$/, "");
    if (name.endsWith(".ts") && known.includes(stem)) lessons.set(stem, name);
    else if (kind === "folder" && known.includes(name)) {
      if (!lessons.has(name)) lessons.set(name, `${name}/exercise.ts`);
    } else if (name.endsWith(".ts")) notes.push(unknownFile(person, name, nearest(stem, known)[0]));
  }
  if (lessons.size === 0) return [{ person, lesson: null, files: [], obstacle: nothing }];
  return [...lessons].sort(([a], [b]) => (a < b ? -1 : 1)).map(([lesson, file]) => ({ person, lesson, files: [file] }));
}

const nothing: Obstacle = {
  code: "missing",
  message: {
    en: "no file here is named after a lesson, such as context-tree.ts",
    "zh-cn": "这里没有以课程命名的文件，例如 context-tree.ts",
  },
};

function unknownFile(person: string, name: string, near: string | undefined): Words {
  const file = `${person}/${name}`;
  return {
    en: `${file} is not graded: no lesson has this name.${near === undefined ? "" : ` Should it be ${near}.ts?`}`,
    "zh-cn": `${file} 不参加评分：没有叫这个名字的课程。${near === undefined ? "" : `是不是 ${near}.ts？`}`,
  };
}

export type ReadSubmission =
  { readonly file: string; readonly text: string } | { readonly file: string; readonly obstacle: Obstacle };

/** Never rejects. `file` is the one that was read, or that should have been there. */
export async function readSubmission(directory: string, submission: Submission): Promise<ReadSubmission> {
  const { person, files, obstacle } = submission;
  const [first = ""] = files;
  if (obstacle !== undefined) return { file: first, obstacle };
  const folder = path.join(directory, person);
  try {
    // It was one when the list was made.
    if (!(await fs.lstat(folder)).isDirectory()) throw unreadable.noFolder();
  } catch (error) {
    return { file: first, obstacle: unreadableBecause(error) };
  }
  const reader = createFolderReader(folder);
  for (const file of files) {
    try {
      return { file, text: await reader.read(file) };
    } catch (error) {
      if (!isMissing(error)) return { file, obstacle: unreadableBecause(error) };
    }
  }
  return { file: first, obstacle: { code: "missing", message: missingFile(files) } };
}

function missingFile(files: readonly string[]): Words {
  const others = files.slice(1);
  if (others.length === 0) return { en: "there is no such file", "zh-cn": "没有这个文件" };
  return {
    en: `there is no such file (nor ${others.join(", nor ")})`,
    "zh-cn": `没有这个文件（也没有 ${others.join("，也没有 ")}）`,
  };
}

function unreadableBecause(error: unknown): Obstacle {
  return { code: "unreadable", message: error instanceof UnreadableFile ? error.words : explain(error) };
}
