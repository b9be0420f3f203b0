// A pack of any size for tests: each lesson is the one that `interleave new` lays out, so it can be run and passed.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { lessonTemplate } from "../src/core/authoring/lessonTemplate.ts";
import type { LessonEntry, LessonReader } from "../src/core/lesson/lessonReader.ts";
import { unreadable } from "../src/core/lesson/lessonReader.ts";
import type { PackInfo } from "../src/core/packs/packSchema.ts";

export interface GeneratedPack {
  readonly id?: string;
  readonly version?: string;
  readonly changelog?: PackInfo["changelog"];
  /** How many; they are called lesson-1, lesson-2 and so on. */
  readonly lessons: number;
  readonly tracks?: number;
}

/** By path in the pack. */
export function packFiles(options: GeneratedPack): Readonly<Record<string, string>> {
  const { id = "acme", version = "1.0.0", changelog, lessons, tracks = 1 } = options;
  const names = Array.from({ length: lessons }, (_, index) => `lesson-${String(index + 1)}`);
  const perTrack = Math.ceil(lessons / tracks);
  const catalog = {
    version: 1,
    pack: { id, title: words("Acme's lessons"), version, ...(changelog === undefined ? {} : { changelog }) },
    tracks: Array.from({ length: tracks }, (_, index) => ({
      id: `track-${String(index + 1)}`,
      title: words(`Track ${String(index + 1)}`),
      summary: words("What we do here"),
      lessons: names.slice(index * perTrack, (index + 1) * perTrack),
    })),
  };
  const files: [string, string][] = [["catalog.json", `${JSON.stringify(catalog, null, 2)}\n`]];
  for (const [index, name] of names.entries()) {
    const track = `track-${String(Math.floor(index / perTrack) + 1)}`;
    for (const [file, text] of Object.entries(lessonTemplate(name, track))) files.push([`${name}/${file}`, text]);
  }
  return Object.fromEntries(files);
}

export function below(folder: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text]));
}

export async function writePack(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, file)), { recursive: true });
    await writeFile(join(directory, file), text);
  }
}

/** Reads them from memory, and counts. */
export class CountingReader implements LessonReader {
  readonly #asked: string[] = [];
  readonly #files: Map<string, string>;

  constructor(files: Readonly<Record<string, string>>) {
    this.#files = new Map(Object.entries(files));
  }

  write(file: string, text: string): void {
    this.#files.set(file, text);
  }

  /** What was read since this was asked last. */
  taken(): readonly string[] {
    return this.#asked.splice(0);
  }

  read(path: string): Promise<string> {
    this.#asked.push(path);
    const text = this.#files.get(path);
    return text === undefined ? Promise.reject(unreadable.missing()) : Promise.resolve(text);
  }

  list(folder: string): Promise<readonly LessonEntry[]> {
    const prefix = folder === "" ? "" : `${folder}/`;
    const found = [...this.#files.keys()].filter((file) => file.startsWith(prefix));
    if (found.length === 0) return Promise.reject(unreadable.missing());
    const names = new Set(found.map((file) => file.slice(prefix.length).split("/")[0] ?? ""));
    return Promise.resolve(
      [...names].sort().map((name) => ({ name, kind: this.#files.has(`${prefix}${name}`) ? "file" : "folder" })),
    );
  }
}

function words(text: string): { readonly en: string; readonly "zh-cn": string } {
  return { en: text, "zh-cn": `${text}（中）` };
}
