// A pack in memory for the tests of what is checked as an author types: as many whole lessons as one likes, and a count of reads.
import { lessonTemplate } from "../../../src/core/authoring/lessonTemplate.ts";
import { type LessonEntry, type LessonReader, unreadable } from "../../../src/core/lesson/lessonReader.ts";
import type { DiagramFacts } from "../../../src/verify/diagramFacts.ts";

export class MemoryPack implements LessonReader {
  readonly files = new Map<string, string>();
  /** Paths that were read or listed since it was emptied last. */
  readonly asked: string[] = [];

  constructor(ids: readonly string[]) {
    const title = { en: "All", "zh-cn": "全部" };
    const catalog = { version: 1, tracks: [{ id: "all", title, summary: title, lessons: ids }] };
    this.files.set("catalog.json", JSON.stringify(catalog, null, 2));
    for (const id of ids) {
      for (const [name, text] of Object.entries(lessonTemplate(id, "all"))) this.files.set(`${id}/${name}`, text);
    }
  }

  read(path: string): Promise<string> {
    this.asked.push(path);
    const text = this.files.get(path);
    return text === undefined ? Promise.reject(unreadable.missing()) : Promise.resolve(text);
  }

  list(folder: string): Promise<readonly LessonEntry[]> {
    this.asked.push(folder);
    const prefix = folder === "" ? "" : `${folder}/`;
    const entries = new Map<string, LessonEntry>();
    for (const path of this.files.keys()) {
      if (!path.startsWith(prefix)) continue;
      const [name = "", ...deeper] = path.slice(prefix.length).split("/");
      entries.set(name, { name, kind: deeper.length > 0 ? "folder" : "file" });
    }
    if (entries.size === 0) return Promise.reject(unreadable.missing());
    return Promise.resolve([...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1)));
  }

  /** Replaces a text within a file, which must be there. */
  edit(path: string, from: string, to: string): void {
    const text = this.files.get(path) ?? "";
    if (!text.includes(from)) throw new Error(`${path} has no “${from}”`);
    this.files.set(path, text.replace(from, to));
  }
}

export function manyIds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `lesson-${String(index)}`);
}

/** What mermaid tells of the template's diagram; the real one reads it in test/lessons/liveLesson.test.ts. */
export const templateFacts: DiagramFacts = {
  title: "A pause",
  description: "It ends",
  elements: ["arm", "abort"],
  parts: 6,
};
